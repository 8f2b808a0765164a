package io.swarmctl.controller.fleet;

import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.DockerFacts;
import io.swarmctl.common.wire.DockerSource;
import io.swarmctl.common.wire.DockerSpec;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.Failure;
import io.swarmctl.common.wire.HardwareFacts;
import io.swarmctl.common.wire.HostnameFacts;
import io.swarmctl.common.wire.InterfaceFacts;
import io.swarmctl.common.wire.Membership;
import io.swarmctl.common.wire.MemoryCgroup;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.Outcome;
import io.swarmctl.common.wire.PackageFacts;
import io.swarmctl.common.wire.Report;
import io.swarmctl.common.wire.SshFacts;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.common.wire.SwarmNode;
import io.swarmctl.common.wire.SwarmOrigin;
import io.swarmctl.common.wire.SwarmSpec;
import io.swarmctl.common.wire.SwarmState;
import io.swarmctl.common.wire.SwarmTarget;
import io.swarmctl.common.wire.SystemFacts;
import io.swarmctl.common.wire.Upgrade;
import io.swarmctl.common.wire.UserFacts;
import io.swarmctl.common.wire.UserSpec;
import java.time.Instant;
import java.util.List;

/** Nodes as a fleet of Raspberry Pis has them. Texts that must never leave the controller begin with SECRET. */
public final class ExampleNodes {
    public static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    public static final String CLUSTER = "clusterclusterclusterclus";

    private ExampleNodes() {}

    /** Enrolled a minute ago, nothing reported yet. */
    public static FleetNode arrived(int number) {
        return FleetNode.arriving(
                new FleetNode.Board(
                        "%016x".formatted(0x10000000c0ffeeL + number),
                        "Raspberry Pi 3 Model B Rev 1.2",
                        948L << 20,
                        NOW.minusSeconds(60)),
                "pi-%03d".formatted(number),
                new FleetNode.Standing("{}", FleetNode.Status.ENROLLED, ""));
    }

    public static FleetNode pending(int number) {
        return arrived(number).withStatus(FleetNode.Status.PENDING, "the enrolment key has expired");
    }

    /** Has a role, and reported three seconds ago. */
    public static FleetNode reporting(int number, String role, NodeState state) {
        FleetNode node = arrived(number).withRole(role);
        return node.withReport(report(node, state, SwarmFacts.inactive()), NOW.minusSeconds(3));
    }

    public static FleetNode inSwarm(int number, Membership membership) {
        FleetNode node = arrived(number).withRole(membership == Membership.MANAGER ? "manager" : "worker");
        boolean manager = membership == Membership.MANAGER;
        SwarmFacts swarm = new SwarmFacts(
                SwarmState.ACTIVE,
                manager,
                "swarm-" + node.name(),
                CLUSTER,
                manager ? "fleet-1" : "",
                manager ? 1 : 0,
                "10.0.0." + number,
                List.of("10.0.0.1:2377"),
                manager ? List.of(entry(1, Membership.MANAGER, true), entry(2, Membership.WORKER, false)) : List.of(),
                "");
        return node.withReport(report(node, NodeState.READY, swarm), NOW.minusSeconds(3));
    }

    /** Has no Docker yet, and says of its system what it says. */
    public static FleetNode blank(int number, String pretty, String codename) {
        FleetNode node = arrived(number);
        Report report = report(node, NodeState.WAITING, SwarmFacts.inactive());
        Facts facts = report.facts();
        Facts blank = new Facts(
                facts.hardware(),
                new SystemFacts(pretty, codename, "6.6.31", "arm64", 20L << 30, "boot-1", true),
                facts.hostname(),
                facts.users(),
                facts.ssh(),
                facts.packages(),
                facts.memoryCgroup(),
                new DockerFacts(false, false, ""),
                facts.swarm(),
                facts.interfaces(),
                null,
                List.of());
        return node.withReport(
                new Report(
                        node.id(),
                        1,
                        report.agentVersion(),
                        1,
                        1,
                        NodeState.WAITING,
                        blank,
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        "the controller, which gathers Docker's packages",
                        null,
                        null),
                NOW.minusSeconds(3));
    }

    private static SwarmNode entry(int number, Membership membership, boolean leader) {
        String name = "pi-%03d".formatted(number);
        return new SwarmNode("swarm-" + name, name, membership, true, true, leader, leader);
    }

    public static Report report(FleetNode node, NodeState state, SwarmFacts swarm) {
        Outcome outcome = new Outcome(
                "install Docker",
                NOW.minusSeconds(40).toEpochMilli(),
                31_000,
                List.of("Unpacking docker.io"),
                state == NodeState.FAILED ? new Failure("dpkg ended with 100", "see its last lines", true) : null);
        return new Report(
                node.id(),
                1,
                "0.1.0",
                1,
                1,
                state,
                facts(node, swarm),
                List.of(new Action.SetPassword("pi", "SECRET-sealed-hash"), new Action.StartDocker()),
                List.of(),
                List.of(outcome),
                null,
                state == NodeState.WAITING ? "its turn to join" : "",
                "SECRET-sealed-tokens",
                null);
    }

    public static Facts facts(FleetNode node, SwarmFacts swarm) {
        return new Facts(
                new HardwareFacts(node.id(), node.model(), node.board().memoryBytes(), 0, 48.3),
                new SystemFacts("Debian GNU/Linux 12", "bookworm", "6.6.31", "arm64", 20L << 30, "boot-1", true),
                new HostnameFacts("raspberrypi", "raspberrypi", ""),
                List.of(new UserFacts("pi", "SECRET-fingerprint", List.of("sudo"), List.of())),
                new SshFacts(true, true),
                new PackageFacts(false, 60L, 0, "", null, null),
                MemoryCgroup.AVAILABLE,
                new DockerFacts(true, true, "20.10.24"),
                swarm,
                List.of(new InterfaceFacts("eth0", "10.0.0.7", true, true)),
                null,
                List.of("10.0.0.1"));
    }

    /** With a spec that asks for a user with a password. */
    public static FleetNode withSpec(FleetNode node) {
        NodeSpec spec = new NodeSpec(
                node.id(),
                1,
                1,
                node.name(),
                node.role(),
                new UserSpec("pi", "SECRET-sealed-hash", "SECRET-other-fingerprint", List.of()),
                List.of(),
                false,
                Upgrade.NONE,
                new DockerSpec(DockerSource.DEBIAN, ""),
                new SwarmSpec(
                        "fleet-1",
                        List.of(),
                        SwarmOrigin.NONE,
                        null,
                        new SwarmTarget.Join(
                                Membership.WORKER, CLUSTER, List.of("10.0.0.1:2377"), "SECRET-sealed-token")),
                "SECRET-jwk");
        NodeGoal goal = new NodeGoal(
                1,
                "SECRET-key",
                node.name(),
                node.role(),
                "pi",
                "SECRET-password",
                List.of(),
                false,
                Upgrade.NONE,
                spec.docker(),
                List.of(),
                SwarmOrigin.NONE,
                null,
                new NodeGoal.SwarmGoal.Outside());
        return node.withSpec(goal, spec);
    }

    /** A fleet whose swarm is founded. */
    public static Fleet fleet(FleetNode... nodes) {
        Fleet fleet = Fleet.empty("fleet-1")
                .with(new SwarmRecord(1, null, CLUSTER, List.of(CLUSTER), null, List.of(), false, null));
        for (FleetNode node : nodes) {
            fleet = fleet.with(node);
        }
        return fleet;
    }
}
