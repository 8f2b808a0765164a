package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the swarm is to be, seen from one node.
 *
 * @param fleetId stands as a label in every swarm that this fleet founds
 * @param ownClusterIds ids of all swarms this fleet ever had; any other swarm is somebody else's and left alone
 * @param origin which swarm is the fleet's
 * @param advertiseInterface the interface whose address the node gives the swarm; null: wired first
 */
@Json
public record SwarmSpec(
        String fleetId,
        List<String> ownClusterIds,
        SwarmOrigin origin,
        @Nullable String advertiseInterface,
        SwarmTarget target) {
    /** The label of a swarm's spec that says which fleet founded it. */
    public static final String FLEET_LABEL = "io.swarmctl.fleet";

    /** The label of a swarm's spec that says in which founder epoch it was founded. */
    public static final String EPOCH_LABEL = "io.swarmctl.epoch";

    public SwarmSpec {
        Absent.required(fleetId, "fleetId");
        ownClusterIds = Absent.list(ownClusterIds);
        origin = origin == null ? SwarmOrigin.NONE : origin;
        Absent.required(target, "target");
    }

    public SwarmSpec with(SwarmTarget other) {
        return new SwarmSpec(fleetId, ownClusterIds, origin, advertiseInterface, other);
    }
}
