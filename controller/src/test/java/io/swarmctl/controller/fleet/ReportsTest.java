package io.swarmctl.controller.fleet;

import static io.swarmctl.controller.fleet.ExampleNodes.CLUSTER;
import static io.swarmctl.controller.fleet.ExampleNodes.NOW;
import static io.swarmctl.controller.fleet.ExampleNodes.arrived;
import static io.swarmctl.controller.fleet.ExampleNodes.inSwarm;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.wire.DockerFacts;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.JoinTokens;
import io.swarmctl.common.wire.Membership;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.Report;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.common.wire.SwarmState;
import io.swarmctl.controller.fleet.FleetNode.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private static final JoinTokens TOKENS = new JoinTokens(CLUSTER, "SWMTKN-manager", "SWMTKN-worker");
    private static final boolean RUNNING = true;

    private Fleet fleet = ExampleNodes.fleet(inSwarm(1, Membership.MANAGER), inSwarm(2, Membership.WORKER));

    @Test
    void aReportIsTakenOnceAndOlderOnesAreNot() {
        report(2, 7, swarmOf(2), RUNNING, null);
        assertThat(node(2).seenAt()).isEqualTo(NOW);
        Fleet before = fleet;
        report(2, 7, SwarmFacts.inactive(), RUNNING, null);
        report(2, 6, SwarmFacts.inactive(), RUNNING, null);
        assertThat(fleet).isEqualTo(before);
    }

    @Test
    void whoIsNoNodeIsNotListenedTo() {
        Fleet before = fleet;
        report(3, 9, SwarmFacts.inactive(), RUNNING, null);
        assertThat(fleet).isEqualTo(before);
        fleet = fleet.with(node(2).withStatus(Status.REVOKED, ""));
        before = fleet;
        report(2, 9, SwarmFacts.inactive(), RUNNING, null);
        assertThat(fleet).isEqualTo(before);
    }

    @Test
    void theSwarmIsWhatTheFounderSaysItFoundedInThisEpoch() {
        fleet = Fleet.empty("fleet-1")
                .with(arrived(1).withRole("manager"))
                .with(arrived(2).withRole("manager"))
                .with(SwarmRecord.none().withFounder(arrived(1).id()));

        report(2, 2, founded("fleet-1", 1), RUNNING, null);
        assertThat(fleet.swarm().clusterId()).as("not the founder").isNull();
        report(1, 2, founded("fleet-2", 1), RUNNING, null);
        assertThat(fleet.swarm().clusterId()).as("another fleet's label").isNull();
        report(1, 3, founded("fleet-1", 0), RUNNING, null);
        assertThat(fleet.swarm().clusterId()).as("an earlier epoch").isNull();
        report(1, 4, founded("fleet-1", 1), RUNNING, null);
        assertThat(fleet.swarm().clusterId()).isEqualTo(CLUSTER);
        assertThat(fleet.swarm().ownClusterIds()).containsExactly(CLUSTER);
    }

    @Test
    void tokensAreTakenFromManagersOfOurSwarmOnly() {
        report(2, 2, swarmOf(2), RUNNING, TOKENS);
        assertThat(fleet.swarm().tokens()).as("a worker's word").isNull();
        report(1, 2, swarmOf(1), RUNNING, new JoinTokens("other", "SWMTKN-m", "SWMTKN-w"));
        assertThat(fleet.swarm().tokens()).as("another swarm's").isNull();
        report(1, 3, swarmOf(1), RUNNING, TOKENS);
        assertThat(fleet.swarm().tokens()).isEqualTo(TOKENS);
        report(1, 4, swarmOf(1), RUNNING, null);
        assertThat(fleet.swarm().tokens()).as("no news").isEqualTo(TOKENS);
    }

    @Test
    void aWorkerThatCallsItselfAManagerIsNobodysWayIn() {
        SwarmFacts told = swarmOf(1);
        SwarmFacts lie = new SwarmFacts(
                SwarmState.ACTIVE,
                true,
                "swarm-pi-002",
                CLUSTER,
                "fleet-1",
                1,
                "10.9.9.9",
                List.of(),
                told.nodes(),
                "");
        report(2, 2, lie, RUNNING, null);
        assertThat(Members.managerAddresses(fleet, CLUSTER)).containsExactly("10.0.0.1:2377");
    }

    @Test
    void theEntryOfANodeThatLeftIsToGo() {
        report(2, 2, SwarmFacts.inactive(), RUNNING, null);
        assertThat(fleet.swarm().farewells()).containsExactly("swarm-pi-002");
    }

    @Test
    void aNodeThatJoinedAnewLeavesItsOldEntryBehind() {
        report(2, 2, member("swarm-again"), RUNNING, null);
        assertThat(fleet.swarm().farewells()).containsExactly("swarm-pi-002");
    }

    @Test
    void aStoppedEngineIsNoDeparture() {
        SwarmFacts down = new SwarmFacts(
                SwarmState.PENDING, false, "", CLUSTER, "", 0, "", List.of(), List.of(), "the engine does not answer");
        report(2, 2, down, !RUNNING, null);
        assertThat(fleet.swarm().farewells()).isEmpty();
    }

    @Test
    void whoIsBackWithTheSameEntryKeepsIt() {
        fleet = fleet.with(fleet.swarm().withFarewell("swarm-pi-002"));
        report(2, 2, swarmOf(2), RUNNING, null);
        assertThat(fleet.swarm().farewells()).isEmpty();
    }

    @Test
    void nobodySaysFarewellForAnother() {
        report(2, 2, member("swarm-pi-001"), RUNNING, null);
        fleet = fleet.with(fleet.swarm().withFarewells(List.of()));
        report(2, 3, SwarmFacts.inactive(), RUNNING, null);
        assertThat(fleet.swarm().farewells()).isEmpty();
    }

    @Test
    void whatPeopleShouldKnowIsNotedOnce() {
        Report failed = next(2, 2, NodeState.FAILED, swarmOf(2), RUNNING);
        assertThat(Reports.receive(fleet, failed, null, NOW).notes())
                .extracting(Transition.Note::text)
                .containsExactly("pi-002 failed to install Docker: dpkg ended with 100");
        fleet = Reports.receive(fleet, failed, null, NOW).fleet();
        Report again = next(2, 3, NodeState.FAILED, swarmOf(2), RUNNING);
        assertThat(Reports.receive(fleet, again, null, NOW).notes()).isEmpty();
    }

    @Test
    void aFailureIsNotedThoughTheNodeIsAtItAgainByThen() {
        Report failed = next(2, 2, NodeState.FAILED, swarmOf(2), RUNNING);
        Report again = new Report(
                failed.nodeId(),
                failed.number(),
                failed.agentVersion(),
                failed.epoch(),
                failed.generation(),
                NodeState.CONVERGING,
                failed.facts(),
                failed.plan(),
                failed.findings(),
                failed.outcomes(),
                failed.running(),
                "",
                null,
                null);

        assertThat(Reports.receive(fleet, again, null, NOW).notes())
                .extracting(Transition.Note::text)
                .containsExactly("pi-002 failed to install Docker: dpkg ended with 100");
    }

    private void report(int node, long number, SwarmFacts swarm, boolean running, @Nullable JoinTokens tokens) {
        fleet = Reports.receive(fleet, next(node, number, NodeState.READY, swarm, running), tokens, NOW)
                .fleet();
    }

    private static Report next(int node, long number, NodeState state, SwarmFacts swarm, boolean running) {
        Report like = ExampleNodes.report(arrived(node), state, swarm);
        Facts facts = like.facts();
        return new Report(
                like.nodeId(),
                number,
                "0.1.0",
                1,
                1,
                state,
                new Facts(
                        facts.hardware(),
                        facts.system(),
                        facts.hostname(),
                        facts.users(),
                        facts.ssh(),
                        facts.packages(),
                        facts.memoryCgroup(),
                        new DockerFacts(true, true, running ? "20.10.24" : ""),
                        swarm,
                        facts.interfaces(),
                        null,
                        facts.nameServers()),
                List.of(),
                List.of(),
                like.outcomes(),
                null,
                "",
                null,
                null);
    }

    private static SwarmFacts swarmOf(int number) {
        Membership membership = number == 1 ? Membership.MANAGER : Membership.WORKER;
        return inSwarm(number, membership).report().facts().swarm();
    }

    private static SwarmFacts member(String swarmNodeId) {
        return new SwarmFacts(
                SwarmState.ACTIVE, false, swarmNodeId, CLUSTER, "", 0, "10.0.0.2", List.of(), List.of(), "");
    }

    private static SwarmFacts founded(String fleetId, long epoch) {
        return new SwarmFacts(
                SwarmState.ACTIVE, true, "swarm-1", CLUSTER, fleetId, epoch, "10.0.0.1", List.of(), List.of(), "");
    }

    private FleetNode node(int number) {
        return fleet.node(arrived(number).id()).orElseThrow();
    }
}
