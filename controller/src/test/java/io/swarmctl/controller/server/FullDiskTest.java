package io.swarmctl.controller.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmctl.controller.cli.Typist;
import io.swarmctl.controller.cli.Typist.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A controller whose disk, one of 110 MB, runs full and is emptied again. */
class FullDiskTest {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String SERIAL = "serial-1";

    @TempDir
    Path disk;

    @TempDir
    Path home;

    private TestFleet fleet;

    @BeforeEach
    void start() throws Exception {
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=110m,mode=700", "tmpfs", disk.toString()),
                "only root may mount the small disk that this needs");
        fleet = new TestFleet(disk);
        fleet.boot(SERIAL, fleet.enrolmentKey(1));
        await().atMost(SOON).until(() -> fleet.fleet().connected().size() == 1);
    }

    @AfterEach
    void stop() throws Exception {
        if (fleet != null) {
            fleet.close();
            run("umount", disk.toString());
        }
    }

    @Test
    void newWorkStopsSaysSoAndGoesOnByItself() throws Exception {
        Path ballast = Files.write(disk.resolve("ballast"), new byte[80 << 20]);

        Result refused = types("nodes", "rename", "pi-001", "attic");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("no room in").contains("delete something there (df -h");
        assertThat(types("status").out())
                .contains("nothing could be changed: no room in")
                .contains("df -h");
        assertThat(fleet.fleet().connected()).as("agents stay").containsExactly(SERIAL);
        assertThat(types("nodes", "list").out()).contains("pi-001");

        Files.delete(ballast);
        await().atMost(SOON).until(() -> fleet.controller().loop().trouble().isEmpty());
        assertThat(types("status").out()).doesNotContain("nothing could be changed");
        assertThat(types("nodes", "rename", "pi-001", "attic").exitCode()).isZero();
    }

    private Result types(String... words) {
        return new Typist(home)
                .with("SWARMCTL_DATA_DIRECTORY", fleet.data().toString())
                .types(words);
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
