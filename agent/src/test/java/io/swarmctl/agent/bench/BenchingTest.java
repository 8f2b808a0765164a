package io.swarmctl.agent.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmctl.agent.answer.Answering;
import io.swarmctl.agent.bench.Benching.Instruments;
import io.swarmctl.agent.link.LinkMeter;
import io.swarmctl.agent.link.StateDirectory;
import io.swarmctl.agent.machine.Workbench;
import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.Kind;
import io.swarmctl.common.trust.Signed;
import io.swarmctl.common.wire.Benchmark;
import io.swarmctl.common.wire.Benchmark.Measured;
import io.swarmctl.common.wire.BusMaps;
import io.swarmctl.common.wire.Measure;
import io.swarmctl.common.wire.WireJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchingTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(5_000));
    private static final LinkMeter CUT = new LinkMeter(() -> {
        throw new IOException("the cable is cut");
    });

    private final EcKeys keys = EcKeys.generate();
    private final Map<String, String> sent = new ConcurrentHashMap<>();

    @TempDir
    Path directory;

    private Benchmark benchmark(Workbench workbench) throws Exception {
        Answering.Node node = new Answering.Node("serial-1", keys, new StateDirectory(directory), sent::put);
        try (Answering benching = Benching.of(new Instruments(workbench, CUT, "1.2.3"), node, CLOCK)) {
            benching.follow(7L);
            await().atMost(SOON).until(() -> sent.containsKey(BusMaps.BENCHMARKS));
        }
        String signed = sent.get(BusMaps.BENCHMARKS);
        assertThat(signed.length()).isLessThan(BusMaps.longest(BusMaps.BENCHMARKS) / 2);
        return WireJson.read(Signed.verify(Kind.BENCHMARK, signed, keys.publicKey()), Benchmark.class);
    }

    @Test
    void whatWasMeasuredIsToldAndWhatWasNotIsMissingForAReason() throws Exception {
        Measured measured = new Measured(Map.of("cpu-one", 812.34567), Map.of("card-write", "the card is full"));

        assertThat(benchmark(() -> new Workbench.Run(measured, 4, 48.5, 61.0)))
                .isEqualTo(new Benchmark(
                        "serial-1",
                        7,
                        5_000,
                        "1.2.3",
                        4,
                        48.5,
                        61.0,
                        new Measured(
                                Map.of("cpu-one", 812.346),
                                Map.of(
                                        "card-write", "the card is full",
                                        "link-round-trip", "the cable is cut",
                                        "link-down", "the cable is cut",
                                        "link-up", "the cable is cut"))));
    }

    @Test
    void ofAMachineThatCannotBeMeasuredEverythingIsMissing() throws Exception {
        Benchmark benchmark = benchmark(Workbench.NONE);

        assertThat(benchmark.measured().values()).isEmpty();
        assertThat(benchmark.measured().missing())
                .containsOnlyKeys(
                        Arrays.stream(Measure.values()).map(Measure::key).toList());
    }

    @Test
    void reasonsAreCutShort() throws Exception {
        Workbench chatty = () -> new Workbench.Run(Workbench.nothing("x".repeat(100_000)), null, null, null);

        assertThat(benchmark(chatty).measured().missing().get("cpu-one")).hasSize(200);
    }
}
