package io.swarmctl.controller.fleet;

import io.avaje.jsonb.Json;
import io.swarmctl.common.wire.JoinTokens;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the controller knows of the fleet's swarm.
 *
 * @param founderEpoch raised with every choice of a founder; 0 before the first
 * @param founder the node that runs {@code swarm init}, stored before it is told; null before the first choice
 * @param clusterId of the swarm as founded in this epoch; null until the founder has reported it
 * @param ownClusterIds ids of all swarms the fleet ever had, this one included
 * @param tokens null until a manager has reported them
 * @param farewells Docker's ids of nodes that left for good, to be removed from the swarm's list
 */
@Json
public record SwarmRecord(
        long founderEpoch,
        @Nullable String founder,
        @Nullable String clusterId,
        List<String> ownClusterIds,
        @Nullable JoinTokens tokens,
        List<String> farewells) {
    public SwarmRecord {
        ownClusterIds = List.copyOf(ownClusterIds);
        farewells = List.copyOf(farewells);
    }

    public static SwarmRecord none() {
        return new SwarmRecord(0, null, null, List.of(), null, List.of());
    }

    public SwarmRecord withFounder(String nodeId) {
        return new SwarmRecord(founderEpoch + 1, nodeId, null, ownClusterIds, null, List.of());
    }

    public SwarmRecord withFarewells(List<String> ids) {
        return new SwarmRecord(founderEpoch, founder, clusterId, ownClusterIds, tokens, ids);
    }

    public SwarmRecord withTokens(JoinTokens tokens) {
        return new SwarmRecord(founderEpoch, founder, clusterId, ownClusterIds, tokens, farewells);
    }

    /** The founder has reported the swarm that it founded. */
    public SwarmRecord founded(String newClusterId) {
        List<String> own = new ArrayList<>(ownClusterIds);
        own.add(newClusterId);
        return new SwarmRecord(founderEpoch, founder, newClusterId, own, tokens, farewells);
    }

    /** Nobody is in the swarm any more: the next manager founds a new one. */
    public SwarmRecord dissolved() {
        return new SwarmRecord(founderEpoch, null, null, ownClusterIds, null, List.of());
    }

    public SwarmRecord withoutFarewell(String swarmNodeId) {
        return farewells.contains(swarmNodeId)
                ? withFarewells(
                        farewells.stream().filter(id -> !id.equals(swarmNodeId)).toList())
                : this;
    }

    public SwarmRecord withFarewell(String swarmNodeId) {
        if (swarmNodeId.isEmpty() || farewells.contains(swarmNodeId)) {
            return this;
        }
        List<String> more = new ArrayList<>(farewells);
        more.add(swarmNodeId);
        return withFarewells(more);
    }
}
