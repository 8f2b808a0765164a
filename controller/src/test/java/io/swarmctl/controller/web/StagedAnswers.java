package io.swarmctl.controller.web;

import io.swarmctl.common.wire.Benchmark.Measured;
import io.swarmctl.common.wire.Diagnosis;
import io.swarmctl.common.wire.Measure;
import io.swarmctl.controller.fleet.BenchmarkRun;
import io.swarmctl.controller.fleet.Diagnoses;
import io.swarmctl.controller.fleet.ExampleNodes;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What nodes of the staged fleet have said when they were asked. */
final class StagedAnswers {
    private static final Instant NOW = ExampleNodes.NOW;

    private StagedAnswers() {}

    /** What the second and the failed node have answered. */
    static Map<String, Diagnoses.Taken> diagnoses() {
        Map<String, Diagnoses.Taken> answers = new HashMap<>();
        for (int number : new int[] {2, 23}) {
            String id = StagedFleet.id(number);
            Diagnosis diagnosis = new Diagnosis(
                    id,
                    Long.MAX_VALUE,
                    NOW.minusSeconds(95).toEpochMilli(),
                    List.of(
                            new Diagnosis.Part(
                                    "uptime and load", " 10:04:11 up 23 min, load average: 1.12, 0.84\n", ""),
                            new Diagnosis.Part(
                                    "addresses",
                                    "lo               UNKNOWN        127.0.0.1/8\neth0             UP             10.20.0.24/16\n",
                                    ""),
                            new Diagnosis.Part(
                                    "agent's journal", journal(), "this is its end: the whole is longer than 64 KB"),
                            new Diagnosis.Part("disk", "/dev/mmcblk0p2   29G  4.1G   24G  15% /\n", ""),
                            new Diagnosis.Part("Docker's journal", "", "journalctl took longer than 10 s"),
                            new Diagnosis.Part("unfinished packages", "", "")));
            answers.put(id, new Diagnoses.Taken(diagnosis, NOW.minusSeconds(95)));
        }
        return answers;
    }

    private static String journal() {
        StringBuilder lines = new StringBuilder();
        for (int second = 0; second < 58; second++) {
            lines.append("Oct 01 10:03:%02d pi swarm-agent[612]: install Docker: E: Failed to fetch".formatted(second))
                    .append(" http://deb.debian.org/debian/pool/main/d/docker.io/docker.io_20.10.24_arm64.deb")
                    .append("  Hash Sum mismatch\n");
        }
        return lines.toString();
    }

    /** Of every third node; a few of them were too hot. */
    static List<BenchmarkRun> benchmarks(int count) {
        return IntStream.rangeClosed(1, count)
                .filter(number -> number % 3 != 0)
                .mapToObj(StagedAnswers::benchmark)
                .toList();
    }

    private static BenchmarkRun benchmark(int number) {
        boolean plus = number % 2 == 0;
        boolean throttled = number % 7 == 0;
        double luck = 0.95 + number * 31 % 100 / 1_000.0;
        Map<String, Double> values = new HashMap<>();
        values.put(Measure.CPU_ONE.key(), luck * (plus ? 17_400 : 15_000));
        values.put(Measure.CPU_BURST.key(), luck * (plus ? 69_600 : 60_000));
        values.put(Measure.CPU_SUSTAINED.key(), luck * (plus ? 67_000 : 58_800) * (throttled ? 0.81 : 1));
        values.put(Measure.MEMORY_COPY.key(), luck * (plus ? 1_150 : 1_090));
        values.put(Measure.CARD_WRITE.key(), luck * (plus ? 18.1 : 17.2));
        values.put(Measure.CARD_READ.key(), luck * 22.4);
        values.put(Measure.LINK_ROUND_TRIP.key(), luck * (plus ? 0.74 : 0.91));
        values.put(Measure.LINK_DOWN.key(), luck * (plus ? 29.3 : 11.7));
        values.put(Measure.LINK_UP.key(), luck * (plus ? 27.0 : 11.4));
        return new BenchmarkRun(
                StagedFleet.id(number),
                1,
                StagedFleet.model(number),
                "0.1.0",
                NOW.minusSeconds(840),
                throttled,
                49.0,
                throttled ? 71.0 : 63.0,
                new Measured(values, Map.of(Measure.CARD_RANDOM_READ.key(), "too little of the card is free")));
    }
}
