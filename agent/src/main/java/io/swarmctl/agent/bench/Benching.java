package io.swarmctl.agent.bench;

import io.swarmctl.agent.answer.Answering;
import io.swarmctl.agent.answer.Answering.Topic;
import io.swarmctl.agent.link.LinkMeter;
import io.swarmctl.agent.machine.Workbench;
import io.swarmctl.common.trust.Kind;
import io.swarmctl.common.wire.Benchmark;
import io.swarmctl.common.wire.Benchmark.Measured;
import io.swarmctl.common.wire.BusMaps;
import io.swarmctl.common.wire.Measure;
import io.swarmctl.common.wire.WireJson;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Measures the machine and its way to the controller when a spec asks for it, and tells what it found. */
public final class Benching {
    private static final Topic TOPIC = new Topic("benchmark", Kind.BENCHMARK, BusMaps.BENCHMARKS);
    private static final int LONGEST_REASON = 200;
    private static final double THOUSANDTHS = 1e3;
    private static final double TENTHS = 10;

    private Benching() {}

    /** With what is measured, and as which version of the agent. */
    public record Instruments(Workbench workbench, LinkMeter link, String version) {}

    public static Answering of(Instruments instruments, Answering.Node node, InstantSource clock) {
        return new Answering(TOPIC, node, number -> {
            Workbench.Run run = instruments.workbench().measure();
            boolean linkToo = run.measured().values().containsKey(Measure.LINK_DOWN.key());
            Measured measured = linkToo
                    ? run.measured()
                    : both(run.measured(), instruments.link().measure());
            Benchmark benchmark = new Benchmark(
                    node.nodeId(),
                    number,
                    clock.millis(),
                    instruments.version(),
                    run.throttled(),
                    tenths(run.celsiusBefore()),
                    tenths(run.celsiusAfter()),
                    brief(measured));
            return WireJson.write(benchmark, Benchmark.class);
        });
    }

    private static @Nullable Double tenths(@Nullable Double celsius) {
        return celsius == null ? null : Math.round(celsius * TENTHS) / TENTHS;
    }

    private static Measured both(Measured machine, Measured link) {
        Map<String, Double> values = new TreeMap<>(machine.values());
        values.putAll(link.values());
        Map<String, String> missing = new TreeMap<>(machine.missing());
        missing.putAll(link.missing());
        return new Measured(values, missing);
    }

    /** No more digits than mean something, and no more words than anybody reads. */
    private static Measured brief(Measured measured) {
        Map<String, Double> values = new TreeMap<>();
        measured.values().forEach((key, value) -> values.put(key, Math.round(value * THOUSANDTHS) / THOUSANDTHS));
        Map<String, String> missing = new TreeMap<>();
        measured.missing()
                .forEach((key, reason) -> missing.put(
                        key, reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason));
        return new Measured(values, missing);
    }
}
