package io.swarmctl.controller.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.wire.Finding;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.SwarmNode;
import io.swarmctl.controller.fleet.NodeGoal.SwarmGoal;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Managers that leave while others are away. */
class QuorumGuardTest {
    private final PureFleet fleet = new PureFleet();

    @BeforeEach
    void threeManagersAndAWorker() {
        for (int i = 1; i <= 4; i++) {
            fleet.boot("serial-" + i);
        }
        fleet.change(current -> RoleCommands.assign(current, "manager", List.of("serial-1", "serial-2", "serial-3")));
        fleet.change(current -> RoleCommands.assign(current, "worker", List.of("serial-4")));
        fleet.settle();
    }

    @Test
    void aManagerThatTheQuorumNeedsStaysUntilTheOthersAreBack() {
        fleet.switchOff("serial-3");
        fleet.settle();
        unassign("serial-2");
        fleet.settle();

        assertThat(fleet.facts("serial-2").swarm().manager()).isTrue();
        assertThat(fleet.node("serial-2").goal().swarm())
                .isEqualTo(new SwarmGoal.Hold(
                        "the managers that are away: the others would be too few to agree without it;"
                                + " bring them back, or assign the role manager to another node"));
        assertThat(fleet.node("serial-1").report().findings())
                .extracting(Finding::problem)
                .containsExactly("pi-002 stays a manager of the swarm: without it 1 of 2 managers would reach each"
                        + " other, too few to agree");

        fleet.boot("serial-3");
        fleet.settle();

        assertThat(fleet.facts("serial-2").swarm().clusterId()).isEmpty();
        assertThat(members()).containsExactlyInAnyOrder("pi-001", "pi-003", "pi-004");
        assertThat(fleet.swarms.breaches()).isEmpty();
    }

    @Test
    void anotherManagerLetsItGo() {
        fleet.switchOff("serial-3");
        unassign("serial-2");
        fleet.settle();

        unassign("serial-4");
        fleet.settle();
        fleet.change(current -> RoleCommands.assign(current, "manager", List.of("serial-4")));
        fleet.settle();

        assertThat(fleet.facts("serial-4").swarm().manager()).isTrue();
        assertThat(fleet.facts("serial-2").swarm().clusterId()).isEmpty();
        assertThat(fleet.swarms.breaches()).isEmpty();
    }

    @Test
    void allManagersButOneMayLeaveAtOnce() {
        unassign("serial-1", "serial-2");
        fleet.settle();

        assertThat(members()).containsExactlyInAnyOrder("pi-003", "pi-004");
        assertThat(fleet.swarms.breaches()).isEmpty();
    }

    @Test
    void theOldEntryOfAManagerWithANewCardGoesFromTheList() {
        fleet.burn("serial-3");
        fleet.boot("serial-3");
        fleet.change(current -> RoleCommands.assign(current, "manager", List.of("serial-3")));
        fleet.settle();

        assertThat(members()).containsExactlyInAnyOrder("pi-001", "pi-002", "pi-003", "pi-004");
        assertThat(fleet.node("serial-3").report().state()).isEqualTo(NodeState.READY);
        assertThat(fleet.fleet().swarm().farewells()).isEmpty();
    }

    @Test
    void aManagerDoesNotLeaveBehindOneThatJoinsMeanwhile() {
        unassign("serial-1", "serial-2", "serial-3", "serial-4");
        fleet.settle();
        fleet.change(current -> RoleCommands.assign(current, "manager", List.of("serial-1")));
        fleet.settle();
        fleet.change(current -> RoleCommands.assign(current, "manager", List.of("serial-2")));
        fleet.stepUnheard("serial-2");

        unassign("serial-1");
        fleet.settle();

        assertThat(fleet.swarms.breaches()).isEmpty();
        assertThat(members()).containsExactly("pi-002");
    }

    @Test
    void theEntryOfANodeThatLeavesBeforeAManagerHasToldOfItGoes() {
        unassign("serial-4");
        fleet.settle();
        fleet.change(current -> RoleCommands.assign(current, "worker", List.of("serial-4")));
        fleet.step("serial-4");
        unassign("serial-4");
        fleet.step("serial-4");
        fleet.change(current -> RoleCommands.assign(current, "worker", List.of("serial-4")));
        fleet.settle();

        assertThat(members()).containsExactlyInAnyOrder("pi-001", "pi-002", "pi-003", "pi-004");
    }

    private void unassign(String... serials) {
        fleet.change(current -> RoleCommands.unassign(current, List.of(serials)));
    }

    private List<String> members() {
        return Members.swarmFacts(SwarmStanding.witness(fleet.fleet()).orElseThrow()).stream()
                .flatMap(facts -> facts.nodes().stream())
                .map(SwarmNode::hostname)
                .toList();
    }
}
