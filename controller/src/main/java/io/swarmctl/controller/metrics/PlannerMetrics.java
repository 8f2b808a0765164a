package io.swarmctl.controller.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** What the fleet's thread does, step by step. */
public final class PlannerMetrics {
    private final PrometheusRegistry registry;
    private final Histogram steps;
    private final Counter changes;
    private final Counter specs;

    PlannerMetrics(PrometheusRegistry registry) {
        this.registry = registry;
        this.steps = new Instruments(registry)
                .shortTimes(
                        "planner_step_seconds",
                        "How long steps of the fleet's thread take: making changes, planning, storing and telling");
        this.changes = Counter.builder()
                .name(Metrics.PREFIX + "planner_changes_total")
                .help("Changes that were made: reports, enrolments, what people ask for")
                .register(registry);
        this.specs = Counter.builder()
                .name(Metrics.PREFIX + "planner_specs_total")
                .help("Specs that were written, because what a node is to be has changed")
                .register(registry);
    }

    void addQueue(IntSupplier waiting) {
        new Instruments(registry)
                .gauge("planner_waiting_changes", "Changes that wait for the next step", waiting::getAsInt);
    }

    /**
     * A step is done. To be called on the fleet's thread.
     *
     * @param made how many changes were made in it
     * @param written how many specs were written
     */
    public void stepped(int made, int written, long nanos) {
        steps.observe(nanos / (double) TimeUnit.SECONDS.toNanos(1));
        changes.inc(made);
        specs.inc(written);
    }
}
