package io.swarmctl.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.JoinTokens;
import io.swarmctl.common.wire.Membership;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.common.wire.SwarmNode;
import io.swarmctl.common.wire.SwarmState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SwarmTest {
    private static final Action.FoundSwarm FOUND =
            new Action.FoundSwarm("fleet-1", 3, "10.77.0.11", List.of("10.200.0.0/16"), 24);
    private static final Action.JoinSwarm JOIN = new Action.JoinSwarm(
            Membership.WORKER, FakeEngine.CLUSTER, List.of("10.77.0.12:2377", "10.77.0.13:2377"), "any", "10.77.0.11");
    private static final String MARK = "var/lib/docker/swarm/io.swarmctl.founding";

    @TempDir
    private Path root;

    private FileTree tree;
    private FakeEngine engine;
    private SwarmView view;
    private SwarmEntry entry;
    private SwarmChores chores;
    private final FakeNetwork network = new FakeNetwork();
    private final QuickTime time = new QuickTime();
    private final Lines output = new Lines();

    @BeforeEach
    void anEngineOutsideOfAnySwarm() throws IOException {
        tree = FileTree.at(root);
        engine = new FakeEngine(tree);
        DockerEngine client = new DockerEngine(tree.layout().dockerSocket());
        view = new SwarmView(tree.layout(), client);
        entry = new SwarmEntry(client, view, time.patience(), any -> "SWMTKN-1-secret", network);
        chores = new SwarmChores(client, time.patience());
    }

    @AfterEach
    void stop() throws IOException {
        engine.close();
    }

    @Test
    void isFoundedWithTheFleetsLabels() throws MachineException {
        assertThat(view.facts(true)).isEqualTo(SwarmFacts.inactive());

        entry.found(FOUND, output);

        SwarmFacts facts = view.facts(true);
        assertThat(facts.isIn(FakeEngine.CLUSTER)).isTrue();
        assertThat(facts.manager()).isTrue();
        assertThat(facts.fleetId()).isEqualTo("fleet-1");
        assertThat(facts.founderEpoch()).isEqualTo(3);
        assertThat(facts.nodes())
                .containsExactly(new SwarmNode(
                        FakeEngine.NODE, "pi-" + FakeEngine.NODE, Membership.MANAGER, true, true, true, true));
        assertThat(tree.path(MARK)).doesNotExist();
    }

    @Test
    void theEngineIsAskedOnceWhetherItIsInASwarmAsLongAsItsFilesTellOfNone() throws MachineException {
        tree.write("run/docker.pid", "310");
        view.facts(true);
        view.facts(true);

        assertThat(view.facts(true)).isEqualTo(SwarmFacts.inactive());
        assertThat(engine.asked("GET /info")).hasSize(1);
    }

    @Test
    void aSwarmThatSomebodyFoundsMeanwhileIsSeen() throws MachineException {
        tree.write("run/docker.pid", "310");
        view.facts(true);

        engine.become(true);

        assertThat(view.facts(true).isIn(FakeEngine.CLUSTER)).isTrue();
    }

    @Test
    void anEngineThatWasStartedAnewIsAskedAnewForItMayHaveOtherData() throws Exception {
        tree.write("run/docker.pid", "310");
        view.facts(true);

        Files.setLastModifiedTime(tree.path("run/docker.pid"), FileTime.fromMillis(1));
        engine.becomeElsewhere();

        assertThat(view.facts(true).state()).isEqualTo(SwarmState.ACTIVE);
    }

    @Test
    void isFoundedOnceHoweverOftenItIsAsked() throws MachineException {
        entry.found(FOUND, output);
        entry.found(FOUND, output);

        assertThat(engine.asked("POST /swarm/init")).hasSize(1);
    }

    @Test
    void aFoundingThatAPowerCutInterruptedIsNoSwarmAndIsBegunAnew() throws MachineException {
        engine.losesPowerWhileFounding = true;
        assertThatThrownBy(() -> entry.found(FOUND, output)).isInstanceOf(MachineException.class);
        assertThat(engine.state).isEqualTo("active");

        assertThat(view.facts(true)).isEqualTo(SwarmFacts.inactive());
        assertThat(view.joinTokens()).isEmpty();

        entry.found(FOUND, output);

        assertThat(view.facts(true).fleetId()).isEqualTo("fleet-1");
        assertThat(engine.asked("POST /swarm/leave")).hasSize(1);
    }

    @Test
    void aSwarmThatSomebodyElseFoundedHereIsNotGivenUp() throws MachineException {
        engine.become(true);

        assertThat(view.facts(true).isIn(FakeEngine.CLUSTER)).isTrue();
        assertThatThrownBy(() -> entry.found(FOUND, output))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("another swarm");
        assertThat(engine.state).isEqualTo("active");
    }

    @Test
    void aSwarmThatOthersMayHaveJoinedIsNeverTakenForHalfFounded() throws MachineException {
        entry.found(FOUND, output);
        tree.write(MARK, "");
        engine.error = "rpc error: code = Unknown desc = The swarm does not have a leader.";
        engine.labels.clear();

        assertThat(view.facts(true).state()).isEqualTo(SwarmState.ACTIVE);

        engine.error = "";
        engine.labels.put("io.swarmctl.fleet", "fleet-1");
        assertThat(view.joinTokens()).contains(new JoinTokens(FakeEngine.CLUSTER, "SWMTKN-1-m", "SWMTKN-1-w"));
        assertThat(tree.path(MARK)).doesNotExist();
    }

    @Test
    void isJoinedAndAWorkerKnowsItsSwarmByItsCertificate() throws MachineException {
        entry.join(JOIN, output);

        SwarmFacts facts = view.facts(true);
        assertThat(facts.isIn(FakeEngine.CLUSTER)).isTrue();
        assertThat(facts.manager()).isFalse();
        assertThat(view.joinTokens()).isEmpty();
    }

    @Test
    void joiningTwiceIsHarmless() throws MachineException {
        entry.join(JOIN, output);
        entry.join(JOIN, output);

        assertThat(engine.asked("POST /swarm/join")).hasSize(1);
    }

    @Test
    void isJoinedByAManagerThatAnswers() throws MachineException {
        network.silent.add("10.77.0.12:2377");
        entry.join(JOIN, output);
        assertThat(output.text()).contains("manager 10.77.0.12:2377 does not answer");

        network.silent.add("10.77.0.13:2377");
        engine.state = "inactive";
        tree.delete("var/lib/docker/swarm/certificates/swarm-node.crt");
        assertThatThrownBy(() -> entry.join(JOIN, output))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("no manager of the swarm answers");
    }

    @Test
    void aJoinThatTakesLongerIsWaitedFor() throws MachineException {
        engine.joinRefusal = "Timeout was reached before node joined. The attempt to join the swarm will continue in"
                + " the background. Use the docker info command to see the current swarm status of your node.";
        engine.pendingFor = 20;

        entry.join(JOIN, output);

        assertThat(view.facts(true).isIn(FakeEngine.CLUSTER)).isTrue();
    }

    @Test
    void aJoinThatDoesNotComeToAnEndIsBegunAnewTheNextTime() throws MachineException {
        engine.joinRefusal = "Timeout was reached before node joined.";
        engine.pendingFor = 150;
        assertThatThrownBy(() -> entry.join(JOIN, output))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("not taken the node in yet");

        engine.joinRefusal = "";
        engine.pendingFor = Integer.MAX_VALUE;
        entry.join(JOIN, output);

        assertThat(engine.asked("POST /swarm/leave")).hasSize(1);
        assertThat(view.facts(true).isIn(FakeEngine.CLUSTER)).isTrue();
    }

    @Test
    void aRefusedTokenIsSaidWithoutTheToken() {
        engine.joinRefusal = "rpc error: code = InvalidArgument desc = A valid join token is necessary to join this"
                + " cluster: SWMTKN-1-secret";

        assertThatThrownBy(() -> entry.join(JOIN, output))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("does not take the join token")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void anotherSwarmIsNotLeftForOurs() {
        engine.become(false);
        Action.JoinSwarm elsewhere = new Action.JoinSwarm(
                Membership.WORKER, "another", JOIN.managers(), JOIN.sealedToken(), JOIN.advertiseAddress());

        assertThatThrownBy(() -> entry.join(elsewhere, output)).isInstanceOf(MachineException.class);
        assertThatThrownBy(() -> entry.leave(new Action.LeaveSwarm("another"), output))
                .isInstanceOf(MachineException.class);
        assertThat(engine.state).isEqualTo("active");
    }

    @Test
    void isLeftAndLeavingTwiceIsHarmless() throws MachineException {
        entry.join(JOIN, output);

        entry.leave(new Action.LeaveSwarm(FakeEngine.CLUSTER), output);
        entry.leave(new Action.LeaveSwarm(FakeEngine.CLUSTER), output);

        assertThat(view.facts(true)).isEqualTo(SwarmFacts.inactive());
        assertThat(engine.asked("POST /swarm/leave")).hasSize(1);
    }

    @Test
    void aMemberWhoseEngineIsDownIsStillAMember() throws MachineException {
        entry.join(JOIN, output);
        tree.write("var/lib/docker/swarm/docker-state.json", "{}");

        SwarmFacts facts = view.facts(false);

        assertThat(facts.isIn(FakeEngine.CLUSTER)).isTrue();
        assertThat(facts.state()).isEqualTo(SwarmState.PENDING);
    }

    @Test
    void aNodeThatTheSwarmHasRemovedIsNoMemberAndMayJoinAnew() throws MachineException {
        entry.join(JOIN, output);
        engine.state = "error";
        engine.error = "rpc error: code = PermissionDenied desc = Permission denied: node x was removed from swarm";

        assertThat(view.facts(true).isIn(FakeEngine.CLUSTER)).isFalse();

        entry.join(JOIN, output);

        assertThat(engine.asked("POST /swarm/leave")).hasSize(1);
        assertThat(view.facts(true).isIn(FakeEngine.CLUSTER)).isTrue();
    }

    @Test
    void aWorkerThatSleptUntilItsCertificateExpiredIsNoMember() throws MachineException {
        entry.join(JOIN, output);
        engine.state = "error";
        engine.error = "certificate (1 - 9) not valid before Fri, 20 Nov 2026, and it is currently Thu, 16 Nov 2017";
        assertThat(view.facts(true).isIn(FakeEngine.CLUSTER)).isTrue();

        engine.error = "certificate (1 - 9) not valid after Fri, 20 Nov 2026, and it is currently Thu, 4 Mar 2027";
        assertThat(view.facts(true).isIn(FakeEngine.CLUSTER)).isFalse();
    }

    @Test
    void aManagerWithoutItsQuorumStillKnowsItsSwarm() throws MachineException {
        entry.found(FOUND, output);
        engine.error = "rpc error: code = Unknown desc = The swarm does not have a leader.";

        SwarmFacts facts = view.facts(true);

        assertThat(facts.isIn(FakeEngine.CLUSTER)).isTrue();
        assertThat(facts.nodes()).isEmpty();
        assertThat(facts.error()).contains("does not have a leader");
        assertThat(engine.asked("GET /nodes")).isEmpty();
    }

    @Test
    void aManagerWithoutItsQuorumGoesOnAloneInTheNewEpoch() throws MachineException {
        entry.found(FOUND, output);
        engine.labels.clear();
        engine.error = "rpc error: code = Unknown desc = The swarm does not have a leader.";
        Action.RecoverSwarm recover = new Action.RecoverSwarm("fleet-1", 4, FakeEngine.CLUSTER, "10.77.0.11");

        entry.recover(recover, output);
        entry.recover(recover, output);

        assertThat(view.facts(true).founderEpoch()).isEqualTo(4);
        assertThat(view.facts(true).isIn(FakeEngine.CLUSTER)).isTrue();
        assertThat(engine.asked("POST /swarm/init"))
                .as("founded once, recovered once")
                .hasSize(2);
    }

    @Test
    void anotherSwarmIsNotRecoveredForOurs() throws MachineException {
        engine.become(true);
        assertThatThrownBy(() ->
                        entry.recover(new Action.RecoverSwarm("fleet-1", 4, "anothercluster", "10.77.0.11"), output))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("another swarm");
        assertThat(engine.asked("POST /swarm/init")).isEmpty();
    }

    @Test
    void aManagerIsMadeAWorkerAndKeepsItsLabels() throws MachineException {
        entry.found(FOUND, output);
        engine.others.put("abc", "manager");
        engine.statusOutlivesDemotionBy = 3;
        engine.outOfSequence = 2;

        chores.demote("abc", output);

        assertThat(engine.others).containsEntry("abc", "demoted");
        assertThat(view.facts(true).node("abc").orElseThrow().membership()).isEqualTo(Membership.WORKER);
    }

    @Test
    void aManagerThatDoesNotStepDownIsNotWaitedForForEver() throws MachineException {
        entry.found(FOUND, output);
        engine.others.put("abc", "manager");
        engine.statusOutlivesDemotionBy = Integer.MAX_VALUE;

        assertThatThrownBy(() -> chores.demote("abc", output))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("still a manager");
        assertThat(view.facts(true).node("abc").orElseThrow().membership()).isEqualTo(Membership.MANAGER);
    }

    @Test
    void aNodeIsForgottenOnceAndForAll() throws MachineException {
        entry.found(FOUND, output);
        engine.others.put("abc", "worker");

        chores.forget("abc", output);
        chores.forget("abc", output);

        assertThat(view.facts(true).node("abc")).isEmpty();
    }

    @Test
    void anIdThatIsNoneIsNotPutIntoAPath() {
        assertThatThrownBy(() -> chores.forget("../swarm", output)).isInstanceOf(MachineException.class);
        assertThat(engine.asked("DELETE")).isEmpty();
    }
}
