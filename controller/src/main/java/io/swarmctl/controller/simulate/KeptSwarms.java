package io.swarmctl.controller.simulate;

import io.avaje.jsonb.Json;
import io.swarmctl.common.wire.Membership;
import java.util.List;

/**
 * Simulated swarms as they are written down, for a later start.
 *
 * @param joined how often any machine has ever joined one
 */
@Json
record KeptSwarms(String name, int joined, List<KeptFounding> foundings, List<KeptCluster> clusters) {
    KeptSwarms {
        foundings = List.copyOf(foundings);
        clusters = List.copyOf(clusters);
    }

    /** One {@code swarm init}. */
    @Json
    record KeptFounding(String fleetId, long founderEpoch, String hostname) {}

    @Json
    record KeptCluster(String id, String fleetId, long founderEpoch, List<KeptMember> members) {
        KeptCluster {
            members = List.copyOf(members);
        }
    }

    /** @param left the machine has left, and its entry is still in the list */
    @Json
    record KeptMember(String nodeId, String hostname, Membership membership, String address, boolean left) {}
}
