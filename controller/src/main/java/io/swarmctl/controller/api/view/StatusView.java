package io.swarmctl.controller.api.view;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the fleet stands.
 *
 * @param ready every enrolled node has a role and is ready, and there is a swarm
 * @param waiting how many wait for a person's approval, new nodes and new cards for known ones
 * @param states how many nodes are in each state
 * @param auto the standing rule; null when a person assigns roles
 * @param attention nodes that are not ready or have another card waiting, those a person has to do something about first
 */
@Json
public record StatusView(
        Instant at,
        String version,
        String fleet,
        boolean ready,
        int nodes,
        int waiting,
        Map<String, Integer> states,
        SwarmView swarm,
        @Nullable AutoView auto,
        List<NodeView> attention,
        List<String> warnings) {
    public StatusView {
        attention = List.copyOf(attention);
        warnings = List.copyOf(warnings);
    }

    /** The same for who has all nodes anyway. */
    public StatusView withoutAttention() {
        return new StatusView(at, version, fleet, ready, nodes, waiting, states, swarm, auto, List.of(), warnings);
    }

    /**
     * The swarm in one line.
     *
     * @param founder the name of the node that founds it; empty before one is chosen
     * @param clusterId empty before it is founded
     * @param managers nodes with a manager's role
     * @param workers nodes with a worker's role
     * @param managersJoined as the swarm's managers see it
     * @param managersReachable as the swarm's managers see it
     * @param workersReady as the swarm's managers see it
     * @param leader hostname of the leading manager; empty when unknown
     * @param margin how many managers may fail before the swarm stands still
     * @param seenAt when a manager last told so; null when none did
     */
    @Json
    public record SwarmView(
            String founder,
            String clusterId,
            int managers,
            int workers,
            int managersJoined,
            int managersReachable,
            int workersJoined,
            int workersReady,
            String leader,
            int margin,
            @Nullable Instant seenAt,
            @Nullable Long seenAgeSeconds) {}
}
