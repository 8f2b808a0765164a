package io.swarmctl.controller.fleet;

import io.avaje.jsonb.Json;
import io.swarmctl.common.wire.DockerSource;
import io.swarmctl.common.wire.DockerSpec;
import io.swarmctl.common.wire.Upgrade;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything the fleet wants that is not about one node.
 *
 * @param user the first user of every node; null: no user is made
 * @param names the name for a board's serial, for nodes that are not to be called {@code pi-NNN}
 * @param auto the standing rule that gives roles to nodes by itself; null: a person assigns them
 * @param packageCache whether and how the controller keeps packages for its nodes
 */
@Json
public record Policy(
        @Nullable User user,
        boolean ssh,
        Approval approval,
        Upgrade upgrade,
        DockerSpec docker,
        Swarm swarm,
        Map<String, String> names,
        @Nullable Auto auto,
        PackageCache packageCache) {

    /** How a node with a valid enrolment key comes in. */
    public enum Approval {
        AUTOMATIC,
        /** A person approves each. */
        MANUAL
    }

    /** @param passwordHash as {@code crypt(5)} has it */
    @Json
    public record User(String name, String passwordHash, List<String> sshKeys) {
        public User {
            sshKeys = sshKeys == null ? List.of() : List.copyOf(sshKeys);
        }

        @Override
        public String toString() {
            return "User[" + name + "]";
        }
    }

    /**
     * @param addressPools networks for overlay networks; empty: Docker's default
     * @param subnetSize prefix length of one overlay network
     * @param advertiseInterface null: wired first
     */
    @Json
    public record Swarm(
            List<String> addressPools,
            int subnetSize,
            @Nullable String advertiseInterface) {
        public Swarm {
            addressPools = addressPools == null ? List.of() : List.copyOf(addressPools);
        }
    }

    /**
     * @param managers how many managers the rule keeps; all other nodes become workers
     * @param settleSeconds how long no new node may have come before managers are chosen
     */
    @Json
    public record Auto(int managers, int settleSeconds) {}

    /**
     * @param megabytes the most that it keeps
     * @param upstreams domains of archives that it may ask besides the usual ones; those that are asked by HTTPS begin with
     *     {@code https://}
     * @param gathersDocker whether the controller also gathers Debian's Docker, and packs it for boards to unpack it fast
     */
    @Json
    public record PackageCache(boolean enabled, int megabytes, List<String> upstreams, Boolean gathersDocker) {
        /** What a fleet has that says nothing of it. */
        public static final PackageCache USUAL = new PackageCache(true, 10_000, List.of());

        public PackageCache {
            upstreams = upstreams == null ? List.of() : List.copyOf(upstreams);
            // Fleets that were stored before do not tell.
            gathersDocker = gathersDocker == null || gathersDocker;
        }

        /** One that gathers Docker. */
        public PackageCache(boolean enabled, int megabytes, List<String> upstreams) {
            this(enabled, megabytes, upstreams, true);
        }
    }

    public Policy {
        packageCache = packageCache == null ? PackageCache.USUAL : packageCache;
        names = names == null ? Map.of() : Map.copyOf(new TreeMap<>(names));
    }

    /** One with the usual package cache. */
    public Policy(
            @Nullable User user,
            boolean ssh,
            Approval approval,
            Upgrade upgrade,
            DockerSpec docker,
            Swarm swarm,
            Map<String, String> names,
            @Nullable Auto auto) {
        this(user, ssh, approval, upgrade, docker, swarm, names, auto, PackageCache.USUAL);
    }

    /** What a fleet wants whose policy nobody has written yet. */
    public static Policy initial() {
        return new Policy(
                null,
                false,
                Approval.AUTOMATIC,
                Upgrade.NONE,
                new DockerSpec(DockerSource.DEBIAN, ""),
                new Swarm(List.of(), 24, null),
                Map.of(),
                null);
    }

    public Policy withAuto(@Nullable Auto rule) {
        return new Policy(user, ssh, approval, upgrade, docker, swarm, names, rule, packageCache);
    }

    public Policy withUser(@Nullable User other) {
        return new Policy(other, ssh, approval, upgrade, docker, swarm, names, auto, packageCache);
    }

    public Policy withPackageCache(PackageCache other) {
        return new Policy(user, ssh, approval, upgrade, docker, swarm, names, auto, other);
    }
}
