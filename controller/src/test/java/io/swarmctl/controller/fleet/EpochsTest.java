package io.swarmctl.controller.fleet;

import static io.swarmctl.controller.fleet.ExampleNodes.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.Report;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.common.wire.SwarmState;
import io.swarmctl.controller.fleet.NodeGoal.SwarmGoal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A controller that was restored from an older state. */
class EpochsTest {
    private final PureFleet fleet = new PureFleet();

    @Test
    void aForgottenSpecRaisesTheEpochOnceAndIsNotBuiltUpon() {
        boot(2);
        Fleet backup = fleet.fleet();
        rename("serial-1", "attic");
        rename("serial-2", "cellar");
        fleet.settle();
        NodeSpec followed = fleet.followed("serial-1");
        fleet.restore(backup);
        fleet.settle();

        assertThat(fleet.fleet().epoch()).isEqualTo(2);
        assertThat(fleet.followed("serial-1").epoch()).isEqualTo(2);
        assertThat(fleet.facts("serial-1").hostname().live())
                .as("as it was restored")
                .isEqualTo("pi-001");
        assertThat(fleet.timeline())
                .filteredOn(note -> note.contains("restored from an older state"))
                .containsExactly("this controller was restored from an older state: pi-001 follows spec "
                        + followed.epoch() + "." + followed.generation()
                        + ", which it does not remember; all specs are written anew, in epoch 2");
    }

    @Test
    void ofANodeThatMayHaveBeenRemovedItIsNotSaidThatTheControllerWasRestored() {
        Fleet withStranger = ExampleNodes.fleet(ExampleNodes.arrived(1));
        NodeSpec followed = ExampleNodes.withSpec(ExampleNodes.arrived(1)).spec();

        assertThat(Epochs.learn(withStranger, followed).notes())
                .extracting(Transition.Note::text)
                .anyMatch(text -> text.startsWith(
                        "this controller has removed a node that is back, or was restored from an older"));
    }

    @Test
    void aSpecThatTheControllerRemembersRaisesNothing() {
        boot(1);
        NodeSpec spec = fleet.node("serial-1").spec();
        rename("serial-1", "attic");
        assertThat(Epochs.learn(fleet.fleet(), spec).fleet()).as("an older one").isEqualTo(fleet.fleet());
        NodeSpec now = fleet.node("serial-1").spec();
        assertThat(Epochs.learn(fleet.fleet(), now).fleet())
                .as("the present one")
                .isEqualTo(fleet.fleet());
        assertThat(Epochs.learn(
                                fleet.fleet(),
                                ExampleNodes.withSpec(ExampleNodes.arrived(9)).spec())
                        .fleet())
                .as("a stranger's")
                .isEqualTo(fleet.fleet());
    }

    @Test
    void aRestoreOfAStateBeforeAnotherRestoreGoesAboveBoth() {
        boot(2);
        Fleet first = fleet.fleet();
        rename("serial-1", "attic");
        fleet.settle();
        fleet.disconnect("serial-2");
        fleet.restore(first);
        fleet.settle();
        rename("serial-1", "cellar");
        fleet.settle();
        assertThat(fleet.followed("serial-1").epoch()).isEqualTo(2);
        fleet.restore(first);
        fleet.settle();
        assertThat(fleet.fleet().epoch()).isEqualTo(3);
    }

    @Test
    void nobodyIsToldAnythingNewBeforeItHasSpoken() {
        boot(2);
        NodeSpec told = fleet.node("serial-2").spec();
        fleet.disconnect("serial-2");
        fleet.restart();
        rename("serial-2", "attic");
        assertThat(fleet.node("serial-2").spec()).isEqualTo(told);
        fleet.connect("serial-2");
        fleet.settle();
        assertThat(fleet.facts("serial-2").hostname().live()).isEqualTo("attic");
    }

    @Test
    void whoSaysThatItFollowsALaterSpecIsToldNothingNewUntilItShowsIt() {
        boot(1);
        NodeSpec told = fleet.node("serial-1").spec();
        Report claim = report(fleet.node("serial-1"), told.epoch(), told.generation() + 5, SwarmFacts.inactive());
        fleet.change(current -> Reports.receive(current, claim, null, NOW));
        rename("serial-1", "attic");
        assertThat(fleet.node("serial-1").spec()).isEqualTo(told);
        assertThat(NodeCondition.of(fleet.fleet(), fleet.node("serial-1"), NOW).why())
                .isEqualTo("follows a later spec than this controller remembers");
        assertThat(fleet.fleet().epoch()).as("nobody's word raises it").isEqualTo(1);
    }

    @Test
    void aSwarmThatMayBeThereAlreadyIsWaitedForBeforeAnotherIsFounded() {
        boot(3);
        Fleet backup = fleet.fleet();
        fleet.disconnect("serial-3");
        assign("manager", "serial-1");
        assign("worker", "serial-2");
        fleet.settle();
        String clusterId = fleet.fleet().swarm().clusterId();
        fleet.disconnect("serial-1");
        fleet.disconnect("serial-2");
        fleet.restore(backup);
        fleet.connect("serial-3");
        assign("manager", "serial-3");
        fleet.settle();
        assertThat(fleet.node("serial-3").goal().swarm())
                .isEqualTo(new SwarmGoal.Hold("pi-001, pi-002 to report, for the fleet may have a swarm already;"
                        + " if it is lost: swarmctl nodes remove --force pi-001"));

        fleet.connect("serial-2");
        fleet.settle();
        assertThat(fleet.fleet().swarm().clusterId()).as("from a worker's spec").isEqualTo(clusterId);
        fleet.connect("serial-1");
        assign("manager", "serial-1");
        fleet.settle();
        assertThat(fleet.swarms.founded()).isEqualTo(1);
        assertThat(fleet.facts("serial-3").swarm().clusterId()).isEqualTo(clusterId);
    }

    @Test
    void aWorkersRoleIsTakenFromItsSpecAndAManagersIsNot() {
        boot(2);
        Fleet backup = fleet.fleet();
        assign("manager", "serial-1");
        assign("worker", "serial-2");
        fleet.settle();
        fleet.restore(backup);
        fleet.settle();
        assertThat(fleet.node("serial-2").role()).isEqualTo("worker");
        assertThat(fleet.node("serial-1").role()).isNull();
        assertThat(fleet.facts("serial-1").swarm().manager())
                .as("it stays where it is")
                .isTrue();
        assertThat(fleet.node("serial-1").report().waitingFor()).contains("swarmctl roles assign manager pi-001");
        assertThat(fleet.timeline())
                .contains("pi-001 was a manager: if it is to be one again, swarmctl roles assign manager pi-001");
    }

    @Test
    void aManagersWordForASwarmCountsOnlyWhereTheControllerKnowsNone() {
        Fleet none = ExampleNodes.fleet(ExampleNodes.arrived(1).withRole("manager"), ExampleNodes.arrived(2))
                .with(SwarmRecord.none());
        Fleet ofManager = receive(none, 1, founded(3));
        assertThat(ofManager.swarm().clusterId()).isEqualTo("strange");
        assertThat(ofManager.swarm().founderEpoch()).isEqualTo(3);
        assertThat(receive(none, 2, founded(3)).swarm()).as("it has no role").isEqualTo(SwarmRecord.none());

        Fleet known = ExampleNodes.fleet(ExampleNodes.arrived(1).withRole("manager"));
        assertThat(receive(known, 1, founded(3)).swarm().clusterId()).isEqualTo(ExampleNodes.CLUSTER);
    }

    private static SwarmFacts founded(long epoch) {
        return new SwarmFacts(
                SwarmState.ACTIVE, true, "n", "strange", "fleet-1", epoch, "10.0.0.1", List.of(), List.of(), "");
    }

    private static Fleet receive(Fleet fleet, int node, SwarmFacts swarm) {
        Report report = ExampleNodes.report(ExampleNodes.arrived(node), NodeState.READY, swarm);
        return Reports.receive(fleet, report, null, NOW).fleet();
    }

    private static Report report(FleetNode node, long epoch, long generation, SwarmFacts swarm) {
        Report like = ExampleNodes.report(node, NodeState.READY, swarm);
        return new Report(
                like.nodeId(),
                1_000_000,
                like.agentVersion(),
                epoch,
                generation,
                like.state(),
                like.facts(),
                List.of(),
                List.of(),
                List.of(),
                null,
                "",
                null,
                null);
    }

    private void boot(int boards) {
        for (int i = 1; i <= boards; i++) {
            fleet.boot("serial-" + i);
        }
        fleet.settle();
    }

    private void assign(String role, String serial) {
        fleet.change(current -> RoleCommands.assign(current, role, List.of(serial)));
    }

    private void rename(String serial, String name) {
        fleet.change(current -> NodeCommands.rename(current, serial, name));
    }
}
