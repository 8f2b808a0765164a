package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the controller wants one node to be.
 *
 * @param epoch raised by every restore of a backup and every fail-over; orders specs before {@code generation} does
 * @param generation raised with every change of this node's spec
 * @param name the node's name, which is its hostname
 * @param role the role's name, null as long as none is assigned
 * @param user the first user, null when the fleet's policy names none
 * @param lockedUsers accounts whose password must not open the node, as the image's default user
 * @param sealTo the controller's public key as JWK: what a node tells only the controller is sealed to it
 * @param asks what it is to tell; null when nothing was asked
 */
@Json
public record NodeSpec(
        String nodeId,
        long epoch,
        long generation,
        String name,
        @Nullable String role,
        @Nullable UserSpec user,
        List<String> lockedUsers,
        boolean ssh,
        Upgrade upgrade,
        DockerSpec docker,
        SwarmSpec swarm,
        String sealTo,
        @Nullable Asks asks) {
    public NodeSpec {
        Absent.required(nodeId, "nodeId");
        Absent.required(name, "name");
        lockedUsers = Absent.list(lockedUsers);
        Absent.required(upgrade, "upgrade");
        Absent.required(docker, "docker");
        Absent.required(swarm, "swarm");
        Absent.required(sealTo, "sealTo");
    }

    /** One that asks nothing. */
    public NodeSpec(
            String nodeId,
            long epoch,
            long generation,
            String name,
            @Nullable String role,
            @Nullable UserSpec user,
            List<String> lockedUsers,
            boolean ssh,
            Upgrade upgrade,
            DockerSpec docker,
            SwarmSpec swarm,
            String sealTo) {
        this(nodeId, epoch, generation, name, role, user, lockedUsers, ssh, upgrade, docker, swarm, sealTo, null);
    }

    /** Whether this spec is to replace the other one: the later epoch, within it the later generation. */
    public boolean isNewerThan(NodeSpec other) {
        return epoch != other.epoch ? epoch > other.epoch : generation > other.generation;
    }
}
