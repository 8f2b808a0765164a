package io.swarmctl.controller.api;

import io.swarmctl.controller.api.view.CacheView;
import io.swarmctl.controller.cache.CacheStatistics;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.Map;
import java.util.TreeMap;

/** What can be asked about the package cache, and done to it. */
final class CacheOperations implements Operations {
    private final WorkerExecutor reads;
    private final Ports ports;

    CacheOperations(WorkerExecutor reads, Ports ports) {
        this.reads = reads;
        this.ports = ports;
    }

    @Override
    public Map<String, Operation> operations() {
        return Map.of("getCache", call -> show(), "clearCache", call -> clear());
    }

    private Future<Answer> show() {
        return reads.executeBlocking(() -> view(ports.packages().statistics()), false)
                .map(view -> Answer.json(view, CacheView.class));
    }

    private Future<Answer> clear() {
        return reads.executeBlocking(
                        () -> {
                            ports.packages().clear();
                            return view(ports.packages().statistics());
                        },
                        false)
                .map(view -> Answer.json(view, CacheView.class));
    }

    private CacheView view(CacheStatistics now) {
        Map<String, CacheView.UpstreamView> upstreams = new TreeMap<>();
        now.upstreams()
                .forEach((name, host) -> upstreams.put(
                        name, new CacheView.UpstreamView(host.requests(), host.bytes(), host.failures())));
        return new CacheView(
                ports.clock().instant(),
                now.enabled(),
                now.files(),
                now.bytes(),
                now.limit(),
                now.inFlight(),
                now.hits(),
                now.misses(),
                now.joined(),
                now.confirmed(),
                now.stale(),
                now.refused(),
                now.failed(),
                now.resumed(),
                now.discarded(),
                now.evicted(),
                now.bytesServed(),
                now.bytesFetched(),
                upstreams);
    }
}
