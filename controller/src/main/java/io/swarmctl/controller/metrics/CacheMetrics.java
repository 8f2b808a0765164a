package io.swarmctl.controller.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.swarmctl.controller.cache.CacheStatistics;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** What the package cache holds and does. */
final class CacheMetrics {
    private final Supplier<CacheStatistics> cache;
    private final PrometheusRegistry registry;

    private CacheMetrics(Supplier<CacheStatistics> cache, PrometheusRegistry registry) {
        this.cache = cache;
        this.registry = registry;
    }

    static void register(Supplier<CacheStatistics> cache, PrometheusRegistry registry) {
        CacheMetrics metrics = new CacheMetrics(cache, registry);
        metrics.gauge("cache_files", "Files that the package cache has whole", CacheStatistics::files);
        metrics.gauge("cache_bytes", "Bytes of these and of what has begun to come", CacheStatistics::bytes);
        metrics.gauge("cache_limit_bytes", "What the policy allows, and the disk", CacheStatistics::limit);
        metrics.gauge("cache_downloads", "Downloads at work or waiting for their turn", CacheStatistics::inFlight);
        new Instruments(registry).counter("cache_served_bytes_total", "Bytes given to nodes", () ->
                (double) cache.get().bytesServed());
        metrics.requests();
        metrics.upstreams();
    }

    /** Whose turn it is to fetch, and who waits for it. */
    static void registerTurns(IntSupplier fetching, IntSupplier waiting, PrometheusRegistry registry) {
        Instruments instruments = new Instruments(registry);
        instruments.gauge("cache_nodes_fetching", "Nodes whose turn it is to fetch packages", fetching::getAsInt);
        instruments.gauge("cache_nodes_waiting", "Nodes that wait for their turn to fetch packages", waiting::getAsInt);
    }

    private void gauge(String name, String help, ToLongFunction<CacheStatistics> value) {
        new Instruments(registry).gauge(name, help, () -> (double) value.applyAsLong(cache.get()));
    }

    private void requests() {
        CounterWithCallback.builder()
                .name(Metrics.PREFIX + "cache_requests_total")
                .help("Requests of nodes: from the disk, with another's download, of an archive, as it was because the"
                        + " archive is away, refused, failed")
                .labelNames("answer")
                .callback(counter -> {
                    CacheStatistics now = cache.get();
                    counter.call((double) now.hits(), "hit");
                    counter.call((double) now.joined(), "joined");
                    counter.call((double) now.misses(), "miss");
                    counter.call((double) now.stale(), "stale");
                    counter.call((double) now.refused(), "refused");
                    counter.call((double) now.failed(), "failed");
                })
                .register(registry);
    }

    private void upstreams() {
        CounterWithCallback.builder()
                .name(Metrics.PREFIX + "cache_upstream_bytes_total")
                .help("Bytes that came from an archive")
                .labelNames("host")
                .callback(counter ->
                        cache.get().upstreams().forEach((host, asked) -> counter.call((double) asked.bytes(), host)))
                .register(registry);
        CounterWithCallback.builder()
                .name(Metrics.PREFIX + "cache_upstream_requests_total")
                .help("Requests to an archive")
                .labelNames("host")
                .callback(counter ->
                        cache.get().upstreams().forEach((host, asked) -> counter.call((double) asked.requests(), host)))
                .register(registry);
    }
}
