package io.swarmctl.controller.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.common.wire.NodeState;
import io.swarmctl.controller.fleet.NodeGoal.SwarmGoal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Founders and managers that never come back. */
class LostSwarmTest {
    private final PureFleet fleet = new PureFleet();

    @Test
    void aFounderLostBeforeItFoundedIsReplacedByAPersonsWord() {
        boot(2);
        assign("manager", "serial-1", "serial-2");
        fleet.burn("serial-1");
        fleet.pass(Duration.ofDays(1));
        fleet.settle();
        assertThat(fleet.swarms.founded()).as("by nobody's word").isZero();

        fleet.change(current -> NodeCommands.remove(current, "serial-1", true));
        fleet.settle();

        assertOneSwarm(1, 2, "serial-2");
    }

    @Test
    void aFounderLostBeforeItReportedIsReplacedByAPersonsWord() {
        boot(2);
        assign("manager", "serial-1", "serial-2");
        fleet.stepUnheard("serial-1");
        fleet.burn("serial-1");
        fleet.change(current -> NodeCommands.revoke(current, "serial-1"));
        fleet.settle();

        assertOneSwarm(2, 2, "serial-2");
    }

    @Test
    void aFounderLostAfterItsReportAndBeforeTheFirstJoinIsReplacedByAPersonsWord() {
        boot(2);
        assign("manager", "serial-1");
        fleet.settle();
        fleet.burn("serial-1");
        assign("manager", "serial-2");
        fleet.settle();
        assertThat(hold("serial-2")).contains("pi-001, of the swarm's managers, to connect");

        fleet.change(current -> NodeCommands.remove(current, "serial-1", true));
        fleet.settle();

        assertOneSwarm(2, 2, "serial-2");
    }

    @Test
    void afterTheFirstJoinNothingReplacesAFounderButARecovery() {
        boot(3);
        assign("manager", "serial-1");
        assign("worker", "serial-2");
        fleet.settle();
        fleet.burn("serial-1");
        assign("manager", "serial-3");
        fleet.change(current -> NodeCommands.remove(current, "serial-1", true));
        fleet.pass(Duration.ofDays(1));
        fleet.settle();
        assertThat(fleet.swarms.founded()).isEqualTo(1);
        assertThat(hold("serial-3"))
                .isEqualTo("a manager of the swarm, and no node says it is one; if the swarm is lost for good:"
                        + " swarmctl swarm recover");

        recover(null);

        assertOneSwarm(2, 2, "serial-2", "serial-3");
    }

    @Test
    void aFounderThatComesBackAfterItWasReplacedLeavesItsOldSwarm() {
        boot(2);
        assign("manager", "serial-1", "serial-2");
        fleet.stepUnheard("serial-1");
        fleet.disconnect("serial-1");
        fleet.change(current -> NodeCommands.remove(current, "serial-1", true));
        fleet.settle();
        assertThat(fleet.fleet().swarm().founder()).isEqualTo("serial-2");

        fleet.boot("serial-1");
        assign("worker", "serial-1");
        fleet.settle();

        assertOneSwarm(2, 2, "serial-1", "serial-2");
    }

    @Test
    void aManagerThatIsLeftGoesOnWithTheSwarmAndWorkersStayInIt() {
        boot(5);
        assign("manager", "serial-1", "serial-2", "serial-3");
        assign("worker", "serial-4", "serial-5");
        fleet.settle();
        String clusterId = fleet.fleet().swarm().clusterId();
        String worker = fleet.facts("serial-4").swarm().nodeId();
        fleet.burn("serial-1");
        fleet.burn("serial-2");
        fleet.settle();
        assertThat(SwarmStanding.of(fleet.fleet()).state()).isEqualTo(SwarmStanding.State.SILENT);

        recover(null);

        assertThat(fleet.fleet().swarm().clusterId()).isEqualTo(clusterId);
        assertThat(fleet.facts("serial-4").swarm().nodeId())
                .as("it has not left")
                .isEqualTo(worker);
        assertOneSwarm(1, 2, "serial-3", "serial-4", "serial-5");
    }

    @Test
    void otherManagersThatComeBackAreManagersAgain() {
        boot(3);
        assign("manager", "serial-1", "serial-2", "serial-3");
        fleet.settle();
        String before = fleet.facts("serial-2").swarm().nodeId();
        fleet.disconnect("serial-1");
        fleet.disconnect("serial-2");

        recover("serial-3");
        fleet.connect("serial-1");
        fleet.connect("serial-2");
        fleet.settle();

        assertOneSwarm(1, 2, "serial-1", "serial-2", "serial-3");
        assertThat(fleet.facts("serial-2").swarm().nodeId()).isEqualTo(before);
        assertThat(fleet.facts("serial-2").swarm().manager()).isTrue();
        assertThat(fleet.facts("serial-3").swarm().nodes()).as("no ghosts").hasSize(3);
    }

    @Test
    void aSurvivorThatIsLostTooIsReplaced() {
        boot(3);
        assign("manager", "serial-1", "serial-2");
        assign("worker", "serial-3");
        fleet.settle();
        fleet.burn("serial-1");
        fleet.change(current -> SwarmCommands.recover(current, null, 2));
        assertThat(fleet.node("serial-2").goal().swarm()).isInstanceOf(SwarmGoal.Recover.class);
        fleet.burn("serial-2");
        assertThat(hold("serial-3")).contains("pi-002 to recover the swarm, which is not connected");

        recover("serial-3");

        assertThat(fleet.fleet().swarm().founderEpoch()).isEqualTo(3);
        assertThat(fleet.facts("serial-3").swarm().manager()).isTrue();
    }

    @Test
    void whatWasPreviewedForAnotherStateIsNotDone() {
        boot(2);
        assertThatThrownBy(() -> SwarmCommands.preview(fleet.fleet(), null))
                .isInstanceOf(FleetException.class)
                .hasMessage("the fleet has no swarm");
        assign("manager", "serial-1");
        assertThatThrownBy(() -> SwarmCommands.preview(fleet.fleet(), null))
                .isInstanceOfSatisfying(
                        FleetException.class,
                        refused -> assertThat(refused.remedy()).contains("swarmctl nodes remove --force pi-001"));
        fleet.settle();
        assertThatThrownBy(() -> SwarmCommands.recover(fleet.fleet(), null, 7))
                .isInstanceOf(FleetException.class)
                .hasMessageContaining("has changed");
        assertThatThrownBy(() -> SwarmCommands.preview(disconnected(), "serial-2"))
                .isInstanceOf(FleetException.class)
                .hasMessageContaining("pi-002 is not connected");
    }

    @Test
    void declaringItLostTwiceIsDeclaringItLostOnce() throws FleetException {
        boot(1);
        assign("manager", "serial-1");
        fleet.settle();
        fleet.change(current -> SwarmCommands.recover(current, null, 2));
        Fleet once = fleet.fleet();
        assertThat(SwarmCommands.recover(once, null, 2).fleet()).isEqualTo(once);
    }

    private Fleet disconnected() {
        fleet.disconnect("serial-2");
        return fleet.fleet();
    }

    private void boot(int boards) {
        for (int i = 1; i <= boards; i++) {
            fleet.boot("serial-" + i);
        }
        fleet.settle();
    }

    private void assign(String role, String... serials) {
        fleet.change(current -> RoleCommands.assign(current, role, List.of(serials)));
    }

    private void recover(String founder) {
        long epoch = fleet.fleet().swarm().founderEpoch() + 1;
        fleet.change(current -> SwarmCommands.recover(current, founder, epoch));
        fleet.settle();
    }

    private String hold(String serial) {
        return fleet.node(serial).goal().swarm() instanceof SwarmGoal.Hold hold ? hold.reason() : "";
    }

    private void assertOneSwarm(int founded, long epoch, String... members) {
        assertThat(fleet.swarms.founded()).isEqualTo(founded);
        assertThat(fleet.fleet().swarm().founderEpoch()).isEqualTo(epoch);
        assertThat(members).allSatisfy(serial -> {
            assertThat(fleet.node(serial).report().state()).as(fleet.describe()).isEqualTo(NodeState.READY);
            assertThat(fleet.facts(serial).swarm().clusterId())
                    .isEqualTo(fleet.fleet().swarm().clusterId());
        });
    }
}
