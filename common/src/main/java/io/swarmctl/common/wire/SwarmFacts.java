package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Optional;

/**
 * The swarm as this node's engine sees it.
 *
 * @param nodeId Docker's id of this node, empty outside a swarm
 * @param clusterId the swarm's id, empty outside a swarm; read from the node certificate's organization on workers
 * @param fleetId the founding fleet's label, known to managers only, else empty
 * @param founderEpoch the founder epoch's label, known to managers only, else 0
 * @param address this node's address in the swarm, empty outside
 * @param managers addresses {@code host:port} of the managers this node knows
 * @param nodes all nodes of the swarm, known to managers only
 * @param error what the engine reports, empty when nothing is wrong
 */
@Json
public record SwarmFacts(
        SwarmState state,
        boolean manager,
        String nodeId,
        String clusterId,
        String fleetId,
        long founderEpoch,
        String address,
        List<String> managers,
        List<SwarmNode> nodes,
        String error) {
    public SwarmFacts {
        Absent.required(state, "state");
        Absent.required(nodeId, "nodeId");
        Absent.required(clusterId, "clusterId");
        Absent.required(fleetId, "fleetId");
        Absent.required(address, "address");
        managers = Absent.list(managers);
        nodes = Absent.list(nodes);
        Absent.required(error, "error");
    }

    public static SwarmFacts inactive() {
        return new SwarmFacts(SwarmState.INACTIVE, false, "", "", "", 0, "", List.of(), List.of(), "");
    }

    /** Whether this node is a member of that swarm, whatever the engine's connection to it is at the moment. */
    public boolean isIn(String cluster) {
        return state != SwarmState.INACTIVE && clusterId.equals(cluster);
    }

    public Optional<SwarmNode> node(String swarmNodeId) {
        return nodes.stream().filter(node -> node.id().equals(swarmNodeId)).findFirst();
    }
}
