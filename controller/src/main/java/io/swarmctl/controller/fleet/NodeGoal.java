package io.swarmctl.controller.fleet;

import io.avaje.jsonb.Json;
import io.swarmctl.common.wire.Asks;
import io.swarmctl.common.wire.Chore;
import io.swarmctl.common.wire.DockerSpec;
import io.swarmctl.common.wire.Membership;
import io.swarmctl.common.wire.SwarmOrigin;
import io.swarmctl.common.wire.Upgrade;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node's spec is written from. Has fingerprints where the spec has secrets, which are sealed anew for every
 * spec: goals can be compared, specs cannot.
 *
 * @param key fingerprint of the key that the spec's secrets are sealed to
 * @param password fingerprint of the first user's password hash; empty without a user
 * @param asks what the node is to tell; null when nothing was asked
 */
@Json
public record NodeGoal(
        long epoch,
        String key,
        String name,
        @Nullable String role,
        @Nullable String user,
        String password,
        List<String> sshKeys,
        boolean ssh,
        Upgrade upgrade,
        DockerSpec docker,
        List<String> ownClusterIds,
        SwarmOrigin origin,
        @Nullable String advertiseInterface,
        SwarmGoal swarm,
        @Nullable Asks asks) {
    public NodeGoal {
        sshKeys = List.copyOf(sshKeys);
        ownClusterIds = List.copyOf(ownClusterIds);
        origin = origin == null ? SwarmOrigin.NONE : origin;
    }

    /** One that asks nothing. */
    public NodeGoal(
            long epoch,
            String key,
            String name,
            @Nullable String role,
            @Nullable String user,
            String password,
            List<String> sshKeys,
            boolean ssh,
            Upgrade upgrade,
            DockerSpec docker,
            List<String> ownClusterIds,
            SwarmOrigin origin,
            @Nullable String advertiseInterface,
            SwarmGoal swarm) {
        this(
                epoch,
                key,
                name,
                role,
                user,
                password,
                sshKeys,
                ssh,
                upgrade,
                docker,
                ownClusterIds,
                origin,
                advertiseInterface,
                swarm,
                null);
    }

    NodeGoal with(SwarmGoal other) {
        return new NodeGoal(
                epoch,
                key,
                name,
                role,
                user,
                password,
                sshKeys,
                ssh,
                upgrade,
                docker,
                ownClusterIds,
                origin,
                advertiseInterface,
                other,
                asks);
    }

    /** What a {@code SwarmTarget} is written from. */
    @Json(typeProperty = "type")
    @Json.SubType(type = SwarmGoal.Outside.class, name = "outside")
    @Json.SubType(type = SwarmGoal.Hold.class, name = "hold")
    @Json.SubType(type = SwarmGoal.Found.class, name = "found")
    @Json.SubType(type = SwarmGoal.Recover.class, name = "recover")
    @Json.SubType(type = SwarmGoal.Join.class, name = "join")
    @Json.SubType(type = SwarmGoal.Member.class, name = "member")
    public sealed interface SwarmGoal {
        record Outside() implements SwarmGoal {}

        record Hold(String reason) implements SwarmGoal {}

        record Found(long founderEpoch, List<String> addressPools, int subnetSize) implements SwarmGoal {
            public Found {
                addressPools = List.copyOf(addressPools);
            }
        }

        record Recover(long founderEpoch, String clusterId) implements SwarmGoal {}

        /** @param token fingerprint of the join token */
        record Join(Membership membership, String clusterId, List<String> managers, String token) implements SwarmGoal {
            public Join {
                managers = List.copyOf(managers);
            }
        }

        record Member(Membership membership, String clusterId, List<Chore> chores) implements SwarmGoal {
            public Member {
                chores = List.copyOf(chores);
            }
        }
    }
}
