package io.swarmctl.controller.deb;

import static io.swarmctl.controller.image.TestTools.run;
import static io.swarmctl.controller.image.TestTools.tryToRun;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's own program reads what is written. */
class DebFileTest {
    private static final byte[] CONTENT = new byte[300_001];

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void aPackageOfTwoFiles() throws Exception {
        new Random(7).nextBytes(CONTENT);
        file = directory.resolve("swarm-agent.deb");
        DebFile.Control control = new DebFile.Control("swarm-agent", "9.8.7", "arm64", "an agent");
        DebFile.write(file, control, 1_577_836_800, tar -> {
            tar.add("opt/agent", 0755, new ByteArrayInputStream(CONTENT), CONTENT.length);
            tar.add("opt/empty", 0600, new ByteArrayInputStream(new byte[0]), 0);
        });
    }

    @Test
    void itTellsWhatItIs() {
        assertThat(run("dpkg-deb", "--field", file.toString(), "Package", "Version", "Architecture"))
                .isEqualTo("Package: swarm-agent\nVersion: 9.8.7\nArchitecture: arm64\n");
    }

    @Test
    void itsFilesHaveTheirModesAndTimes() {
        assertThat(run("sh", "-c", "TZ=UTC dpkg-deb --contents \"$0\"", file.toString()))
                .isEqualTo("""
                        -rwxr-xr-x root/root    300001 2020-01-01 00:00 opt/agent
                        -rw------- root/root         0 2020-01-01 00:00 opt/empty
                        """);
    }

    @Test
    void itUnpacksToWhatWentIn() {
        Path unpacked = directory.resolve("unpacked");

        run("dpkg-deb", "--extract", file.toString(), unpacked.toString());

        assertThat(unpacked.resolve("opt/agent")).isExecutable().hasBinaryContent(CONTENT);
        assertThat(unpacked.resolve("opt/empty")).isEmptyFile();
    }

    @Test
    void aBitThatWasTurnedIsNoticed() throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        assertThat(tryToRun("dpkg-deb", "--contents", file.toString()).exitCode())
                .isNotZero();
    }
}
