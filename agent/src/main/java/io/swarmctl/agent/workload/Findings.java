package io.swarmctl.agent.workload;

import io.swarmctl.common.wire.Benchmark.Measured;
import io.swarmctl.common.wire.Measure;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** What was measured so far. Used by one thread. */
final class Findings {
    private final Map<String, Double> values = new TreeMap<>();
    private final Map<String, String> missing = new TreeMap<>();

    /** Measures something, once. */
    @FunctionalInterface
    interface Trial {
        double measure() throws IOException, InterruptedException;
    }

    void take(Measure measure, Trial trial) throws InterruptedException {
        try {
            values.put(measure.key(), trial.measure());
        } catch (IOException | OutOfMemoryError e) {
            miss(measure, String.valueOf(e.getMessage()));
        }
    }

    void miss(Measure measure, String reason) {
        missing.put(measure.key(), reason);
    }

    Measured measured() {
        return new Measured(values, missing);
    }
}
