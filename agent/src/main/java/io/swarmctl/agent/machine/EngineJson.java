package io.swarmctl.agent.machine;

import io.avaje.jsonb.Json;
import io.swarmctl.common.wire.SwarmState;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What we read of the Docker engine's answers, and what we send it. Engines leave out what is empty. */
final class EngineJson {
    private EngineJson() {}

    @Json
    record Version(@Json.Property("Version") String version) {
        Version {
            version = orEmpty(version);
        }
    }

    @Json
    record Problem(String message) {
        Problem {
            message = orEmpty(message);
        }
    }

    /** Of {@code GET /info}. */
    @Json
    record Engine(
            @Json.Property("DockerRootDir") String dockerRootDir,
            @Json.Property("Swarm") LocalSwarm swarm) {
        Engine {
            dockerRootDir = orEmpty(dockerRootDir);
            swarm = swarm == null ? LocalSwarm.NONE : swarm;
        }
    }

    @Json
    record LocalSwarm(
            @Json.Property("NodeID") String nodeId,
            @Json.Property("NodeAddr") String nodeAddr,
            @Json.Property("LocalNodeState") String localNodeState,
            @Json.Property("ControlAvailable") boolean controlAvailable,
            @Json.Property("Error") String error,
            @Json.Property("Nodes") int nodes,
            @Json.Property("RemoteManagers") @Nullable List<Peer> remoteManagers,
            @Json.Property("Cluster") @Nullable Cluster cluster) {
        static final LocalSwarm NONE = new LocalSwarm("", "", "inactive", false, "", 0, null, null);

        LocalSwarm {
            nodeId = orEmpty(nodeId);
            nodeAddr = orEmpty(nodeAddr);
            localNodeState = orEmpty(localNodeState);
            error = orEmpty(error);
        }

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

    @Json
    record Peer(@Json.Property("Addr") String addr) {
        Peer {
            addr = orEmpty(addr);
        }
    }

    @Json
    record Cluster(
            @Json.Property("ID") String id,
            @Json.Property("Spec") @Nullable SwarmSpecification spec,
            @Json.Property("JoinTokens") @Nullable Tokens joinTokens) {
        Cluster {
            id = orEmpty(id);
        }
    }

    @Json
    record SwarmSpecification(
            @Json.Property("Labels") @Nullable Map<String, String> labels) {
        String label(String name) {
            return labels == null ? "" : labels.getOrDefault(name, "");
        }
    }

    @Json
    record Tokens(
            @Json.Property("Worker") String worker,
            @Json.Property("Manager") String manager) {
        Tokens {
            worker = orEmpty(worker);
            manager = orEmpty(manager);
        }

        @Override
        public String toString() {
            return "Tokens";
        }
    }

    /** Of {@code GET /nodes}. */
    @Json
    record Node(
            @Json.Property("ID") String id,
            @Json.Property("Version") Revision version,
            @Json.Property("Spec") NodeSpecification spec,
            @Json.Property("Description") @Nullable NodeDescription description,
            @Json.Property("Status") @Nullable NodeStatus status,
            @Json.Property("ManagerStatus") @Nullable ManagerStatus managerStatus) {
        Node {
            id = orEmpty(id);
            version = version == null ? new Revision(0) : version;
            spec = spec == null ? new NodeSpecification("", null, "", "") : spec;
        }
    }

    @Json
    record Revision(@Json.Property("Index") long index) {}

    /** Everything that Docker keeps in it, for it is written back whole. */
    @Json
    record NodeSpecification(
            @Json.Property("Name") @Nullable String name,
            @Json.Property("Labels") @Nullable Map<String, String> labels,
            @Json.Property("Role") String role,
            @Json.Property("Availability") String availability) {
        NodeSpecification {
            role = orEmpty(role);
            availability = orEmpty(availability);
        }

        NodeSpecification as(String otherRole) {
            return new NodeSpecification(name, labels, otherRole, availability);
        }
    }

    @Json
    record NodeDescription(@Json.Property("Hostname") String hostname) {
        NodeDescription {
            hostname = orEmpty(hostname);
        }
    }

    @Json
    record NodeStatus(@Json.Property("State") String state) {
        NodeStatus {
            state = orEmpty(state);
        }
    }

    @Json
    record ManagerStatus(
            @Json.Property("Leader") boolean leader,
            @Json.Property("Reachability") String reachability) {
        ManagerStatus {
            reachability = orEmpty(reachability);
        }
    }

    /** To {@code POST /swarm/init}. */
    @Json
    record Init(
            @Json.Property("ForceNewCluster") boolean forceNewCluster,
            @Json.Property("ListenAddr") String listenAddr,
            @Json.Property("AdvertiseAddr") String advertiseAddr,
            @Json.Property("DefaultAddrPool") @Nullable List<String> defaultAddrPool,
            @Json.Property("SubnetSize") @Nullable Integer subnetSize,
            @Json.Property("Spec") SwarmSpecification spec) {}

    /** To {@code POST /swarm/join}. */
    @Json
    record Join(
            @Json.Property("ListenAddr") String listenAddr,
            @Json.Property("AdvertiseAddr") String advertiseAddr,
            @Json.Property("RemoteAddrs") List<String> remoteAddrs,
            @Json.Property("JoinToken") String joinToken) {
        @Override
        public String toString() {
            return "Join" + remoteAddrs;
        }
    }

    private static String orEmpty(@Nullable String given) {
        return given == null ? "" : given;
    }
}
