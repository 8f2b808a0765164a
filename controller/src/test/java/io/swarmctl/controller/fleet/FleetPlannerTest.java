package io.swarmctl.controller.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.controller.fleet.FleetNode.Status;
import io.swarmctl.controller.fleet.NodeGoal.SwarmGoal;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FleetPlannerTest {
    private final PureFleet fleet = new PureFleet();

    @Test
    void rolesWaitUntilArrivalsHaveSettled() {
        auto(1);
        fleet.boot("serial-1");
        fleet.step("serial-1");
        fleet.pass(Duration.ofSeconds(29));
        assertThat(fleet.node("serial-1").role()).isNull();
        fleet.pass(Duration.ofSeconds(1));
        assertThat(fleet.node("serial-1").role()).isEqualTo("manager");
    }

    @Test
    void twoNodesGetOneManagerThoughThreeAreWanted() {
        auto(3);
        bootAndSettle(2);
        assertThat(roles()).containsExactly("manager", "worker");
    }

    @Test
    void anEvenNumberOfManagersIsNotChosenByTheRule() {
        auto(3);
        bootAndSettle(5);
        assertThat(roles()).containsExactly("manager", "manager", "manager", "worker", "worker");
    }

    @Test
    void theFounderIsChosenOnceAndStaysSoWhileItIsAway() {
        bootUnassigned(2);
        assign("manager", "serial-1", "serial-2");
        fleet.disconnect("serial-1");
        fleet.pass(Duration.ofHours(1));
        assertThat(fleet.fleet().swarm().founder()).isEqualTo("serial-1");
        assertThat(fleet.node("serial-2").goal().swarm())
                .isEqualTo(new SwarmGoal.Hold("pi-001 to found the swarm, which is not connected; if it is lost:"
                        + " swarmctl nodes remove --force pi-001"));
    }

    @Test
    void managersJoinOneAtATime() {
        bootUnassigned(4);
        assign("manager", "serial-1", "serial-2", "serial-3");
        for (int i = 0; i < 20; i++) {
            fleet.step("serial-1");
            long joining = fleet.fleet().enrolled().stream()
                    .filter(node -> node.goal().swarm() instanceof SwarmGoal.Join)
                    .count();
            assertThat(joining).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void workersJoinTenAtATime() {
        bootUnassigned(15);
        assign("manager", "serial-1");
        fleet.settle();
        for (int i = 2; i <= 15; i++) {
            assign("worker", "serial-" + i);
        }
        assertThat(fleet.fleet().enrolled().stream().filter(node -> node.goal().swarm() instanceof SwarmGoal.Join))
                .hasSize(10);
    }

    @Test
    void aNodeWithoutRoleLeavesTheSwarmAndItsEntryIsRemoved() {
        auto(1);
        bootAndSettle(3);
        fleet.change(current -> Transition.silent(current.with(current.policy().withAuto(null))));
        String entry = fleet.facts("serial-3").swarm().nodeId();
        fleet.change(
                current -> Transition.silent(current.with(fleet.node("serial-3").withRole(null))));
        fleet.settle();
        assertThat(fleet.facts("serial-3").swarm().clusterId()).isEmpty();
        assertThat(fleet.facts("serial-1").swarm().node(entry)).isEmpty();
        assertThat(fleet.fleet().swarm().farewells()).isEmpty();
    }

    @Test
    void aManagerIsMadeAWorkerBeforeItLeaves() {
        auto(3);
        bootAndSettle(3);
        fleet.change(current -> Transition.silent(current.with(current.policy().withAuto(null))));
        fleet.change(
                current -> Transition.silent(current.with(fleet.node("serial-2").withRole(null))));
        fleet.settle();
        assertThat(fleet.facts("serial-2").swarm().clusterId()).isEmpty();
        assertThat(fleet.swarms.founded()).isEqualTo(1);
    }

    @Test
    void theOnlyManagerStaysWhileOthersNeedIt() {
        auto(1);
        bootAndSettle(2);
        fleet.change(current -> Transition.silent(current.with(current.policy().withAuto(null))));
        fleet.change(
                current -> Transition.silent(current.with(fleet.node("serial-1").withRole(null))));
        fleet.settle();
        assertThat(fleet.facts("serial-1").swarm().clusterId()).isNotEmpty();
        assertThat(fleet.node("serial-1").report().waitingFor())
                .contains("another manager, for no other node keeps that role");
    }

    @Test
    void aRemovedNodeLeavesTheSwarmFirst() {
        auto(1);
        bootAndSettle(2);
        fleet.change(
                current -> Transition.silent(current.with(fleet.node("serial-2").withStatus(Status.REMOVING, ""))));
        assertThat(fleet.fleet().node("serial-2")).isPresent();
        fleet.step("serial-2");
        assertThat(fleet.fleet().node("serial-2")).isEmpty();
        assertThat(fleet.facts("serial-2").swarm().clusterId()).isEmpty();
    }

    @Test
    void whenTheLastNodeHasLeftTheNextManagerFoundsANewSwarm() {
        bootUnassigned(1);
        assign("manager", "serial-1");
        fleet.settle();
        fleet.change(
                current -> Transition.silent(current.with(fleet.node("serial-1").withRole(null))));
        fleet.settle();
        assertThat(fleet.fleet().swarm().founder()).isNull();
        assign("manager", "serial-1");
        fleet.settle();
        assertThat(fleet.swarms.founded()).isEqualTo(2);
        assertThat(fleet.fleet().swarm().founderEpoch()).isEqualTo(2);
    }

    @Test
    void aFounderThatWasRemovedBeforeItFoundedIsReplaced() {
        bootUnassigned(2);
        assign("manager", "serial-1", "serial-2");
        assertThat(fleet.fleet().swarm().founder()).isEqualTo("serial-1");
        fleet.change(current -> NodeCommands.remove(current, "serial-1", true));
        fleet.settle();
        assertThat(fleet.fleet().swarm().founder()).isEqualTo("serial-2");
        assertThat(fleet.fleet().swarm().founderEpoch()).isEqualTo(2);
        assertThat(fleet.facts("serial-2").swarm().manager()).isTrue();
    }

    @Test
    void aFounderThatFoundedAfterItsRoleWasTakenLeavesItsSwarmForTheNewOne() {
        bootUnassigned(2);
        assign("manager", "serial-1", "serial-2");
        fleet.stepUnheard("serial-1");
        assertThat(fleet.facts("serial-1").swarm().clusterId()).isNotEmpty();
        assign("worker", "serial-1");
        fleet.settle();
        assertThat(fleet.facts("serial-1").swarm().clusterId())
                .isEqualTo(fleet.facts("serial-2").swarm().clusterId());
        assertThat(fleet.facts("serial-2").swarm().manager()).isTrue();
    }

    private void auto(int managers) {
        fleet.change(
                current -> Transition.silent(current.with(current.policy().withAuto(new Policy.Auto(managers, 30)))));
    }

    private void bootUnassigned(int boards) {
        IntStream.rangeClosed(1, boards).forEach(i -> fleet.boot("serial-" + i));
        fleet.settle();
    }

    private void bootAndSettle(int boards) {
        bootUnassigned(boards);
        fleet.pass(Duration.ofSeconds(30));
        fleet.settle();
    }

    private void assign(String role, String... serials) {
        for (String serial : serials) {
            fleet.change(
                    current -> Transition.silent(current.with(fleet.node(serial).withRole(role))));
        }
    }

    private List<String> roles() {
        return fleet.fleet().enrolled().stream().map(FleetNode::role).toList();
    }
}
