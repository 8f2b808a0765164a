package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;

/**
 * One entry of {@code docker node ls}.
 *
 * @param id Docker's node id
 * @param ready the swarm hears its engine
 * @param reachable of a manager: the others reach it; false for workers
 */
@Json
public record SwarmNode(
        String id,
        String hostname,
        Membership membership,
        boolean ready,
        boolean active,
        boolean reachable,
        boolean leader) {
    public SwarmNode {
        Absent.required(id, "id");
        Absent.required(hostname, "hostname");
        Absent.required(membership, "membership");
    }
}
