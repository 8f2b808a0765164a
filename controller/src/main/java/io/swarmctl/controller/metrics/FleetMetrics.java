package io.swarmctl.controller.metrics;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.NodeCondition;
import io.swarmctl.controller.fleet.NodeCondition.State;
import io.swarmctl.controller.fleet.SwarmStanding;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** How nodes and swarm stand. */
final class FleetMetrics {
    private FleetMetrics() {}

    static void register(Supplier<Fleet> fleet, InstantSource clock, PrometheusRegistry registry) {
        Instruments instruments = new Instruments(registry);
        GaugeWithCallback.builder()
                .name(Metrics.PREFIX + "nodes")
                .help("Nodes of the fleet by state, as 'swarmctl nodes list' has them")
                .labelNames("state")
                .callback(gauge -> states(fleet.get(), clock.instant())
                        .forEach(
                                (state, count) -> gauge.call(count, state.name().toLowerCase(Locale.ROOT))))
                .register(registry);
        instruments.gauge(
                "nodes_connected",
                "Nodes that are connected to the bus",
                () -> fleet.get().connected().size());
        Supplier<SwarmStanding> swarm = () -> SwarmStanding.of(fleet.get());
        instruments.gauge(
                "swarm_managers",
                "Managers on the swarm's list, as a connected one told",
                () -> swarm.get().managers());
        instruments.gauge(
                "swarm_managers_reachable",
                "Those of them that reach each other",
                () -> swarm.get().reachable());
        GaugeWithCallback.builder()
                .name(Metrics.PREFIX + "swarm_state")
                .help("1 for the state that the swarm is in, 0 for the others")
                .labelNames("state")
                .callback(gauge -> {
                    SwarmStanding.State now = swarm.get().state();
                    for (SwarmStanding.State state : SwarmStanding.State.values()) {
                        gauge.call(state == now ? 1 : 0, state.word());
                    }
                })
                .register(registry);
    }

    /** Every state is there, so that a series does not end when its last node leaves it. */
    private static Map<State, Integer> states(Fleet fleet, Instant now) {
        Map<State, Integer> counts = new EnumMap<>(State.class);
        for (State state : State.values()) {
            counts.put(state, 0);
        }
        for (FleetNode node : fleet.nodes().values()) {
            counts.merge(NodeCondition.of(fleet, node, now).state(), 1, Integer::sum);
        }
        return counts;
    }
}
