package io.swarmctl.controller.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.controller.fleet.ExampleNodes;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetEvent;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.LogLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store whose process is killed in the middle of writing. */
class StoreKilledTest {
    @TempDir
    Path directory;

    @ParameterizedTest(name = "killed after {0} saves")
    @ValueSource(ints = {1, 17, 160})
    void whatWasSavedIsThereAfterTheKill(int saves) throws IOException, InterruptedException {
        int acknowledged = writeAndKill(saves);
        try (Store store = Store.open(directory, InstantSource.system())) {
            Fleet fleet = store.fleet().load().orElseThrow();
            int found =
                    Integer.parseInt(fleet.nodes().values().iterator().next().name());
            assertThat(found).isBetween(acknowledged, acknowledged + 1);
            assertThat(store.fleet().events(1_000)).hasSize(found);
            assertThat(store.fleet().log("n", 0, 1_000).size()).isBetween(found - 1, found);
        }
    }

    @Test
    void whatWasSavedStandsInTheFileWhenTheCallReturns() throws IOException {
        try (Store store = Store.open(Files.createDirectories(directory.resolve("live")), InstantSource.system())) {
            Fleet fleet = Fleet.empty("f1");
            for (int number = 1; number <= 20; number++) {
                Fleet after = fleet.with(Writer.numbered(number));
                store.fleet().save(fleet, after, List.of());
                assertThat(loaded(copy("live", "copy-" + number))).contains(after);
                fleet = after;
            }
        }
    }

    /** What a process that was killed now would leave. */
    private Path copy(String from, String to) throws IOException {
        Path copied = Files.createDirectories(directory.resolve(to));
        for (String file : List.of("store.mv.db", "store.key")) {
            Files.copy(directory.resolve(from).resolve(file), copied.resolve(file));
        }
        return copied;
    }

    private static Optional<Fleet> loaded(Path from) throws IOException {
        try (Store store = Store.open(from, InstantSource.system())) {
            return store.fleet().load();
        }
    }

    private int writeAndKill(int saves) throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int acknowledged = 0;
        try (BufferedReader lines = writer.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = lines.readLine()) != null) {
                acknowledged = Integer.parseInt(line);
                if (acknowledged == saves) {
                    writer.toHandle().destroyForcibly();
                }
            }
        }
        writer.waitFor();
        assertThat(acknowledged).isGreaterThanOrEqualTo(saves);
        return acknowledged;
    }

    /** Saves a node with a higher and higher number, and prints each number that is saved. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) throws IOException {
            Store store = Store.open(Path.of(arguments[0]), InstantSource.system());
            Fleet fleet = Fleet.empty("f1");
            for (int number = 1; ; number++) {
                Fleet after = fleet.with(numbered(number));
                store.fleet().save(fleet, after, List.of(new FleetEvent(ExampleNodes.NOW, "a", null, "e" + number)));
                System.out.println(number);
                store.fleet().appendLog(List.of(new LogLine(0, "n", ExampleNodes.NOW, "a", "l" + number)));
                fleet = after;
            }
        }

        private static FleetNode numbered(int number) {
            return ExampleNodes.arrived(1).withName(String.valueOf(number));
        }
    }
}
