package io.swarmctl.controller.metrics;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.swarmctl.controller.cache.CacheStatistics;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetStore;
import io.swarmctl.controller.gateway.GatewayCounters;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * All that is measured of one controller. Parts are added as they start; what they tell is gathered when somebody asks.
 * Any thread may use it.
 */
public final class Metrics {
    /** What the names of all our own begin with. */
    static final String PREFIX = "swarmctl_";

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    private final PlannerMetrics planner = new PlannerMetrics(registry);

    public Metrics() {
        JvmMetrics.builder().register(registry);
    }

    /** The same store, measured. */
    public FleetStore measured(FleetStore store) {
        return new MeasuredStore(store, registry);
    }

    /** Who is to be told of every step of the fleet's thread. */
    public PlannerMetrics planner() {
        return planner;
    }

    /** @param waiting how many changes wait for the fleet's thread */
    public void addFleet(Supplier<Fleet> fleet, IntSupplier waiting, InstantSource clock) {
        FleetMetrics.register(fleet, clock, registry);
        planner.addQueue(waiting);
    }

    public void addGateway(GatewayCounters counters) {
        GatewayMetrics.register(counters, registry);
    }

    public void addCache(Supplier<CacheStatistics> cache) {
        CacheMetrics.register(cache, registry);
    }

    /**
     * @param fetching how many nodes' turn it is to fetch packages
     * @param waiting how many wait for theirs
     */
    public void addPackageTurns(IntSupplier fetching, IntSupplier waiting) {
        CacheMetrics.registerTurns(fetching, waiting, registry);
    }

    /**
     * Everything as it is now, in Prometheus' text format. Takes some milliseconds with a thousand nodes.
     *
     * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">the format</a>
     */
    public String text() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
