package io.swarmctl.controller.bus;

import io.swarmctl.common.trust.Kind;
import io.swarmctl.common.wire.Benchmark;
import io.swarmctl.common.wire.Benchmark.Measured;
import io.swarmctl.common.wire.BusMaps;
import io.swarmctl.common.wire.Measure;
import io.swarmctl.controller.bus.AnswerIntake.Subject;
import io.swarmctl.controller.fleet.BenchmarkRun;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetLoop;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.FleetStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/** Takes benchmarks off the bus and stores them. */
public final class BenchmarkIntake implements AutoCloseable {
    private final AnswerIntake<Benchmark> intake;

    public BenchmarkIntake(FleetLoop loop, FleetStore store, InstantSource clock) {
        this.intake = new AnswerIntake<>(
                new Subject<>(Kind.BENCHMARK, BusMaps.BENCHMARKS, Benchmark.class, Fleet::benchmarks),
                loop,
                (node, benchmark) -> store.appendBenchmark(run(node, benchmark, clock.instant())));
    }

    public void start() {
        intake.start();
    }

    /** Does not block. */
    public void receive(String nodeId, String jws) {
        intake.receive(nodeId, jws);
    }

    @Override
    public void close() {
        intake.close();
    }

    private static BenchmarkRun run(FleetNode node, Benchmark benchmark, Instant at) {
        return new BenchmarkRun(
                node.id(),
                benchmark.number(),
                node.board().model(),
                benchmark.agentVersion(),
                at,
                benchmark.wasThrottled(),
                benchmark.celsiusBefore(),
                benchmark.celsiusAfter(),
                known(benchmark.measured()));
    }

    /** What this controller knows, and can be a measure at all: a node may send any number. */
    private static Measured known(Measured measured) {
        Map<String, Double> values = new TreeMap<>();
        Map<String, String> missing = new TreeMap<>();
        for (Measure measure : Measure.values()) {
            Double value = measured.values().get(measure.key());
            if (value != null && Double.isFinite(value) && value >= 0) {
                values.put(measure.key(), value);
            } else {
                missing.put(measure.key(), measured.missing().getOrDefault(measure.key(), "the node does not say why"));
            }
        }
        return new Measured(values, missing);
    }
}
