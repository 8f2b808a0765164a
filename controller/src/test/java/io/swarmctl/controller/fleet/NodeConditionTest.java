package io.swarmctl.controller.fleet;

import static io.swarmctl.controller.fleet.ExampleNodes.NOW;
import static io.swarmctl.controller.fleet.ExampleNodes.arrived;
import static io.swarmctl.controller.fleet.ExampleNodes.inSwarm;
import static io.swarmctl.controller.fleet.ExampleNodes.pending;
import static io.swarmctl.controller.fleet.ExampleNodes.reporting;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.wire.Membership;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.controller.fleet.NodeCondition.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NodeConditionTest {
    @ParameterizedTest
    @CsvSource({
        "CONVERGING, WORKING",
        "WAITING, WAITING",
        "READY, READY",
        "FAILED, FAILED",
        "BLOCKED, BLOCKED",
        "REBOOTING, REBOOTING"
    })
    void aConnectedNodeIsWhatItReports(NodeState reported, State seen) {
        assertThat(condition(reporting(1, "worker", reported), true, NOW).state())
                .isEqualTo(seen);
    }

    @ParameterizedTest
    @EnumSource(NodeState.class)
    void aSilentNodeIsNeverHealthy(NodeState reported) {
        State seen = condition(reporting(1, "worker", reported), false, NOW.plus(Duration.ofHours(1)))
                .state();

        assertThat(seen).isEqualTo(State.SILENT);
    }

    @ParameterizedTest
    @EnumSource(NodeState.class)
    void whoHasJustLostItsConnectionIsNeitherHealthyNorGivenUp(NodeState reported) {
        FleetNode node = reporting(1, "worker", reported);
        Fleet apart = Apart.look(ExampleNodes.fleet(node), NOW.plusSeconds(60));

        assertThat(NodeCondition.of(apart, node, NOW.plusSeconds(74)).state()).isIn(State.WORKING, State.REBOOTING);
        assertThat(NodeCondition.of(Apart.look(apart, NOW.plusSeconds(75)), node, NOW.plusSeconds(400))
                        .state())
                .isEqualTo(State.SILENT);
    }

    @Test
    void aRebootIsForgivenForAWhile() {
        FleetNode rebooting = reporting(1, "worker", NodeState.REBOOTING);

        assertThat(condition(rebooting, false, NOW).state()).isEqualTo(State.REBOOTING);
    }

    @Test
    void whoHasNoRoleIsNewHoweverWellItIs() {
        assertThat(condition(arrived(1), true, NOW).state()).isEqualTo(State.NEW);
        assertThat(condition(inSwarm(1, Membership.WORKER).withRole(null), true, NOW)
                        .state())
                .isEqualTo(State.NEW);
    }

    @Test
    void whoGetsARoleByTheStandingRuleWaitsForNobody() {
        FleetNode node = arrived(1);
        Fleet fleet = ExampleNodes.fleet(node).withConnected(Set.of(node.id()));
        Fleet ruled = fleet.with(fleet.policy().withAuto(new Policy.Auto(1, 30)));

        assertThat(NodeCondition.of(ruled, node, NOW))
                .isEqualTo(new NodeCondition(State.NEW, "gets a role once no new node has come for 30 s", ""));
        assertThat(NodeCondition.of(fleet, node, NOW).remedy()).startsWith("give it one: ");
    }

    @Test
    void readyForAnOlderSpecIsNotReady() {
        FleetNode node = ExampleNodes.withSpec(reporting(1, "worker", NodeState.READY));
        FleetNode behind = node.withReport(
                ExampleNodes.report(node, NodeState.READY, node.report().facts().swarm()), NOW);

        assertThat(condition(behind, true, NOW).state()).isEqualTo(State.READY);
        FleetNode newer = behind.withSpec(behind.goal(), generation2(behind));
        assertThat(condition(newer, true, NOW).state()).isEqualTo(State.WORKING);
    }

    private static io.swarmctl.common.wire.NodeSpec generation2(FleetNode node) {
        io.swarmctl.common.wire.NodeSpec spec = node.spec();
        return new io.swarmctl.common.wire.NodeSpec(
                spec.nodeId(),
                spec.epoch(),
                2,
                spec.name(),
                spec.role(),
                spec.user(),
                spec.lockedUsers(),
                spec.ssh(),
                spec.upgrade(),
                spec.docker(),
                spec.swarm(),
                spec.sealTo());
    }

    @Test
    void whatFailedAndWhatToDoIsSaid() {
        NodeCondition condition = condition(reporting(1, "worker", NodeState.FAILED), true, NOW);

        assertThat(condition.why()).isEqualTo("install Docker: dpkg ended with 100");
        assertThat(condition.remedy()).isEqualTo("see its last lines");
    }

    @Test
    void whoWaitsForAPersonSaysWhatThePersonTypes() {
        assertThat(condition(pending(1), false, NOW).remedy()).contains("swarmctl nodes approve pi-001");
    }

    private static NodeCondition condition(FleetNode node, boolean connected, Instant now) {
        Fleet fleet = ExampleNodes.fleet(node);
        return NodeCondition.of(connected ? fleet.withConnected(Set.of(node.id())) : fleet, node, now);
    }
}
