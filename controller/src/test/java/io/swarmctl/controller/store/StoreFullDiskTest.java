package io.swarmctl.controller.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.controller.fleet.ExampleNodes;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.LogLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store on a disk of 110 MB, of which something else has taken 40. */
class StoreFullDiskTest {
    private static final Fleet FLEET = Fleet.empty("f1").with(ExampleNodes.arrived(1));

    @TempDir
    Path disk;

    private Path ballast;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=110m,mode=700", "tmpfs", disk.toString()),
                "may not mount here");
        ballast = disk.resolve("ballast");
        Files.write(ballast, new byte[40 << 20]);
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        run("umount", disk.toString());
    }

    @Test
    void saysThatThereIsNoRoomAndGoesOnWhenThereIs() throws IOException {
        try (Store store = Store.open(disk, InstantSource.system())) {
            store.fleet().save(Fleet.empty("f1"), FLEET, List.of());
            Path more = Files.write(disk.resolve("more"), new byte[45 << 20]);
            Fleet next = FLEET.with(ExampleNodes.arrived(2));
            assertThatThrownBy(() -> store.fleet().save(FLEET, next, List.of()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no room in " + disk)
                    .hasMessageContaining("df -h " + disk);
            assertThat(store.fleet().load()).contains(FLEET);
            Files.delete(more);
            store.fleet().save(FLEET, next, List.of());
            assertThat(store.fleet().load()).contains(next);
        }
    }

    @Test
    void runsFullInTheMiddleOfAWriteAndGoesOnWhenThereIsRoom() throws IOException {
        try (Store store = Store.open(disk, InstantSource.system())) {
            store.fleet().save(Fleet.empty("f1"), FLEET, List.of());
            List<LogLine> flood = IntStream.range(0, 80_000)
                    .mapToObj(number -> new LogLine(0, "n", ExampleNodes.NOW, "a", number + "x".repeat(1_000)))
                    .toList();
            assertThatThrownBy(() -> store.fleet().appendLog(flood))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("df -h");
            Files.delete(ballast);
            Fleet next = FLEET.with(ExampleNodes.arrived(2));
            store.fleet().save(FLEET, next, List.of());
            assertThat(store.fleet().load()).contains(next);
        }
        try (Store store = Store.open(disk, InstantSource.system())) {
            assertThat(store.fleet().load()).contains(FLEET.with(ExampleNodes.arrived(2)));
            assertThat(store.fleet().log("n", 0, 10)).isEmpty();
        }
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
