package io.swarmctl.agent.machine;

import io.avaje.jsonb.Json;
import io.swarmctl.common.wire.SwarmState;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What we read of the Docker engine's answers, and what we send it, in its own names. */
final class EngineJson {
    private EngineJson() {}

    @Json(naming = Json.Naming.UpperCamel)
    record Version(String version) {}

    @Json
    record Problem(String message) {}

    @Json(naming = Json.Naming.UpperCamel)
    record Engine(String dockerRootDir, LocalSwarm swarm) {}

    /** Of {@code GET /info}. */
    @Json(naming = Json.Naming.UpperCamel)
    record LocalSwarm(
            @Json.Property("NodeID") String nodeId,
            String nodeAddr,
            String localNodeState,
            boolean controlAvailable,
            String error,
            int nodes,
            @Nullable List<Peer> remoteManagers,
            @Nullable Cluster cluster) {
        SwarmState state() {
            return Stream.of(SwarmState.values())
                    .filter(state -> state.name().equalsIgnoreCase(localNodeState))
                    .findFirst()
                    .orElse(SwarmState.INACTIVE);
        }

        /** A label of the swarm's, empty when it has no such label or this node is no manager. */
        String label(String name) {
            return cluster == null || cluster.spec() == null
                    ? ""
                    : cluster.spec().label(name);
        }
    }

    @Json(naming = Json.Naming.UpperCamel)
    record Peer(@Json.Property("NodeID") String nodeId, String addr) {}

    @Json(naming = Json.Naming.UpperCamel)
    record Cluster(
            @Json.Property("ID") String id,
            @Nullable SwarmSpecification spec,
            @Nullable Tokens joinTokens) {}

    @Json(naming = Json.Naming.UpperCamel)
    record SwarmSpecification(@Nullable Map<String, String> labels) {
        String label(String name) {
            return labels == null ? "" : labels.getOrDefault(name, "");
        }
    }

    @Json(naming = Json.Naming.UpperCamel)
    record Tokens(String worker, String manager) {
        @Override
        public String toString() {
            return "Tokens";
        }
    }

    /** Of {@code GET /nodes}. */
    @Json(naming = Json.Naming.UpperCamel)
    record Node(
            @Json.Property("ID") String id,
            Revision version,
            NodeSpecification spec,
            @Nullable NodeDescription description,
            @Nullable NodeStatus status,
            @Nullable ManagerStatus managerStatus) {}

    @Json(naming = Json.Naming.UpperCamel)
    record Revision(long index) {}

    /** Everything that Docker keeps in it, for it is written back whole. */
    @Json(naming = Json.Naming.UpperCamel)
    record NodeSpecification(
            @Nullable String name, @Nullable Map<String, String> labels, String role, String availability) {
        NodeSpecification as(String otherRole) {
            return new NodeSpecification(name, labels, otherRole, availability);
        }
    }

    @Json(naming = Json.Naming.UpperCamel)
    record NodeDescription(String hostname) {}

    @Json(naming = Json.Naming.UpperCamel)
    record NodeStatus(String state) {}

    @Json(naming = Json.Naming.UpperCamel)
    record ManagerStatus(boolean leader, String reachability) {}

    /** To {@code POST /swarm/init}. */
    @Json(naming = Json.Naming.UpperCamel)
    record Init(
            String listenAddr,
            String advertiseAddr,
            @Nullable List<String> defaultAddrPool,
            @Nullable Integer subnetSize,
            SwarmSpecification spec) {}

    /** To {@code POST /swarm/join}. */
    @Json(naming = Json.Naming.UpperCamel)
    record Join(String listenAddr, String advertiseAddr, List<String> remoteAddrs, String joinToken) {
        @Override
        public String toString() {
            return "Join" + remoteAddrs;
        }
    }
}
