package io.swarmctl.controller.fleet;

import io.avaje.jsonb.Json;
import io.swarmctl.common.wire.JoinTokens;
import io.swarmctl.common.wire.SwarmOrigin;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
 * @param shared whether another node than the founder has ever been in it: from then on its loss is a loss, and only a
 *     person declares it
 * @param lost id of the swarm that the founder is to go on with alone; null when it is to found a new one
 */
@Json
public record SwarmRecord(
        long founderEpoch,
        @Nullable String founder,
        @Nullable String clusterId,
        List<String> ownClusterIds,
        @Nullable JoinTokens tokens,
        List<String> farewells,
        boolean shared,
        @Nullable String lost) {
    public SwarmRecord {
        ownClusterIds = List.copyOf(ownClusterIds);
        farewells = List.copyOf(farewells);
    }

    public static SwarmRecord none() {
        return new SwarmRecord(0, null, null, List.of(), null, List.of(), false, null);
    }

    /** A new swarm, in a new epoch. */
    public SwarmRecord withFounder(String nodeId) {
        return new SwarmRecord(founderEpoch + 1, nodeId, null, ownClusterIds, null, List.of(), false, null);
    }

    /** That manager is to go on alone with the swarm that was declared lost, in a new epoch. */
    public SwarmRecord withSurvivor(String nodeId) {
        return new SwarmRecord(founderEpoch + 1, nodeId, null, ownClusterIds, null, farewells, false, lost);
    }

    public SwarmRecord withFarewells(List<String> ids) {
        return new SwarmRecord(founderEpoch, founder, clusterId, ownClusterIds, tokens, ids, shared, lost);
    }

    public SwarmRecord withTokens(@Nullable JoinTokens other) {
        return new SwarmRecord(founderEpoch, founder, clusterId, ownClusterIds, other, farewells, shared, lost);
    }

    /** Another node than the founder is in it. */
    public SwarmRecord joined() {
        return shared
                ? this
                : new SwarmRecord(founderEpoch, founder, clusterId, ownClusterIds, tokens, farewells, true, lost);
    }

    /** The founder has reported the swarm that it founded, or goes on with. */
    public SwarmRecord founded(String newClusterId) {
        List<String> own = with(List.of(newClusterId));
        return new SwarmRecord(founderEpoch, founder, newClusterId, own, tokens, farewells, lost != null, null);
    }

    /** Nobody is in the swarm any more: the next manager founds a new one. */
    public SwarmRecord dissolved() {
        return new SwarmRecord(founderEpoch, null, null, ownClusterIds, null, List.of(), false, null);
    }

    /** A person says that the swarm has lost its managers for good: the next founder goes on with it, or founds anew. */
    public SwarmRecord declaredLost() {
        String which = clusterId == null ? lost : clusterId;
        return new SwarmRecord(founderEpoch, null, null, ownClusterIds, null, farewells, false, which);
    }

    /**
     * The swarm that the fleet turned out to have.
     *
     * @param others ids of more swarms that the fleet ever had
     */
    public SwarmRecord adopted(SwarmOrigin origin, List<String> others) {
        String cluster = origin.clusterId();
        List<String> own = new ArrayList<>(with(others));
        if (cluster != null) {
            own.remove(cluster);
            own.add(cluster);
        }
        boolean same = cluster != null && cluster.equals(clusterId);
        return new SwarmRecord(
                origin.epoch(), origin.founder(), cluster, own, null, same ? farewells : List.of(), true, null);
    }

    public SwarmRecord withOwn(List<String> others) {
        List<String> own = with(others);
        return own.equals(ownClusterIds)
                ? this
                : new SwarmRecord(founderEpoch, founder, clusterId, own, tokens, farewells, shared, lost);
    }

    /** What is told of it to every node. */
    public SwarmOrigin origin() {
        return new SwarmOrigin(founderEpoch, founder, clusterId);
    }

    /** Whether the controller has it from others' word only, and no manager of it has spoken since. */
    boolean isHearsay() {
        return shared && tokens == null;
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

    private List<String> with(List<String> others) {
        Set<String> own = new LinkedHashSet<>(ownClusterIds);
        own.addAll(others);
        return List.copyOf(own);
    }
}
