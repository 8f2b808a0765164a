package io.swarmctl.controller.api;

import io.swarmctl.controller.api.view.CacheView;
import io.swarmctl.controller.cache.CacheStatistics;
import io.swarmctl.controller.fleet.DebianSystem;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.Gatherings;
import io.swarmctl.controller.fleet.Transition;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
        return Map.of("getCache", call -> show(), "clearCache", call -> clear(), "gatherDocker", this::gather);
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

    private Future<Answer> gather(Call call) {
        DebianSystem system =
                new DebianSystem(call.body().getString("release"), call.body().getString("architecture"));
        return new Changes(ports)
                .make(
                        call,
                        fleet -> Transition.silent(
                                fleet.withGatherings(fleet.gatherings().ahead(system))))
                .compose(done -> show());
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
                upstreams,
                docker(ports.loop().fleet()));
    }

    private static List<CacheView.GatheredView> docker(Fleet fleet) {
        Map<DebianSystem, String> indexes = fleet.gatherings().indexes();
        Set<DebianSystem> all = new HashSet<>(indexes.keySet());
        all.addAll(Gatherings.neededBy(fleet));
        return all.stream()
                .map(system ->
                        new CacheView.GatheredView(system.release(), system.architecture(), state(indexes.get(system))))
                .sorted(Comparator.comparing(CacheView.GatheredView::release)
                        .thenComparing(CacheView.GatheredView::architecture))
                .toList();
    }

    private static String state(@Nullable String index) {
        if (index == null) {
            return "coming";
        }
        return index.isEmpty() ? "failed" : "ready";
    }
}
