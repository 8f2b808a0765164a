package io.swarmctl.agent.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmctl.common.wire.Benchmark.Measured;
import io.swarmctl.common.wire.Measure;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process itself, with this Java. */
class WorkloadTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path card;

    @Test
    void aProcessMeasuresEverythingOrSaysWhyNotAndLeavesNothingBehind() throws Exception {
        Process process = new ProcessBuilder(Workload.brief(card))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines;
        try (BufferedReader out = process.inputReader()) {
            lines = out.lines().toList();
        }

        assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(lines).startsWith(Workload.AT_WORK);
        Measured measured = lines.stream()
                .flatMap(line -> Workload.read(line).stream())
                .findFirst()
                .orElseThrow();
        List<String> told = new ArrayList<>(measured.values().keySet());
        told.addAll(measured.missing().keySet());
        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Measure.values())
                        .filter(measure -> !measure.isOfLink())
                        .map(Measure::key)
                        .toList());
        assertThat(measured.values()).containsKeys("cpu-one", "cpu-burst", "cpu-sustained", "memory-copy");
        assertThat(measured.values().values()).allMatch(value -> value > 0);
        assertThat(measured.missing().values()).allMatch(reason -> reason.contains("page cache"));
        assertThat(card).isEmptyDirectory();
    }

    @Test
    void whereThereIsNoRoomTheRestIsMeasured() throws Exception {
        Sizes large = new Sizes(
                Sizes.BRIEF.warmUp(),
                Sizes.BRIEF.oneCore(),
                Sizes.BRIEF.allCores(),
                Sizes.BRIEF.edge(),
                Sizes.BRIEF.memory(),
                Sizes.BRIEF.memoryBytes(),
                Sizes.BRIEF.card(),
                Long.MAX_VALUE / 2,
                Sizes.BRIEF.random());

        Measured measured = Workload.measure(card, large);

        assertThat(measured.values()).containsKey("cpu-one").doesNotContainKey("card-write");
        assertThat(measured.missing().get("card-random-read")).contains("MB are free on the card");
        assertThat(card).isEmptyDirectory();
    }

    @Test
    void itEndsWithWhoStartedIt() throws Exception {
        List<String> shell = new ArrayList<>(List.of("sh", "-c", "\"$@\" & echo $!; read unused", "sh"));
        shell.addAll(Workload.command(card));
        Process agent = new ProcessBuilder(shell).start();
        try (BufferedReader out = agent.inputReader()) {
            ProcessHandle workload =
                    ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
            assertThat(out.readLine()).isEqualTo(Workload.AT_WORK);
            assertThat(workload.isAlive()).isTrue();

            agent.destroyForcibly();

            await().atMost(Duration.ofSeconds(15)).until(() -> !workload.isAlive());
        }
        assertThat(card).isEmptyDirectory();
    }

    @Test
    void otherLinesMeasureNothing() {
        for (String line : List.of("", Workload.AT_WORK, "{", "{\"values\":7}", "OpenJDK warning")) {
            assertThat(Workload.read(line)).as(line).isEmpty();
        }
    }
}
