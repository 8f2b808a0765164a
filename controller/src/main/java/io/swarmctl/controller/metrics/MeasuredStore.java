package io.swarmctl.controller.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.swarmctl.controller.fleet.ActionRun;
import io.swarmctl.controller.fleet.BenchmarkRun;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetEvent;
import io.swarmctl.controller.fleet.FleetStore;
import io.swarmctl.controller.fleet.LogLine;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A store whose writes are timed; what nodes did goes through it, and is counted on the way. */
final class MeasuredStore implements FleetStore {
    /** From setting a hostname to updating a whole card, in seconds. */
    private static final double[] ACTION_BOUNDS = {0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 3_600};

    private final FleetStore store;
    private final Histogram writes;
    private final Counter failures;
    private final Histogram actions;

    MeasuredStore(FleetStore store, PrometheusRegistry registry) {
        this.store = store;
        this.writes = new Instruments(registry)
                .shortTimes("store_write_seconds", "How long it takes until something is on disk", "what");
        this.failures = Counter.builder()
                .name(Metrics.PREFIX + "store_failures_total")
                .help("Writes that failed")
                .labelNames("what")
                .register(registry);
        this.actions = Histogram.builder()
                .name(Metrics.PREFIX + "action_seconds")
                .help("How long nodes took for what they did, and whether it went well")
                .labelNames("action", "model", "result")
                .classicUpperBounds(ACTION_BOUNDS)
                .classicOnly()
                .register(registry);
    }

    @FunctionalInterface
    private interface Write {
        void write() throws IOException;
    }

    private void measure(String what, Write write) throws IOException {
        long began = System.nanoTime();
        try {
            write.write();
        } catch (IOException e) {
            failures.labelValues(what).inc();
            throw e;
        }
        writes.labelValues(what).observe((System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1));
    }

    @Override
    public Optional<Fleet> load() throws IOException {
        return store.load();
    }

    @Override
    public void save(Fleet before, Fleet after, List<FleetEvent> events) throws IOException {
        measure("fleet", () -> store.save(before, after, events));
    }

    @Override
    public List<FleetEvent> events(int limit) throws IOException {
        return store.events(limit);
    }

    @Override
    public List<FleetEvent> eventsOf(String nodeId, int limit) throws IOException {
        return store.eventsOf(nodeId, limit);
    }

    @Override
    public void appendLog(List<LogLine> lines) throws IOException {
        measure("log", () -> store.appendLog(lines));
    }

    @Override
    public List<LogLine> log(String nodeId, long after, int limit) throws IOException {
        return store.log(nodeId, after, limit);
    }

    @Override
    public void appendRuns(List<ActionRun> runs) throws IOException {
        measure("runs", () -> store.appendRuns(runs));
        for (ActionRun run : runs) {
            actions.labelValues(run.kind(), run.model(), run.ok() ? "done" : "failed")
                    .observe(run.millis() / (double) TimeUnit.SECONDS.toMillis(1));
        }
    }

    @Override
    public List<ActionRun> runs(String nodeId, int limit) throws IOException {
        return store.runs(nodeId, limit);
    }

    @Override
    public void appendBenchmark(BenchmarkRun run) throws IOException {
        measure("benchmark", () -> store.appendBenchmark(run));
    }

    @Override
    public List<BenchmarkRun> benchmarks() throws IOException {
        return store.benchmarks();
    }

    @Override
    public void close() {
        store.close();
    }
}
