package io.swarmctl.common.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.Chore;
import io.swarmctl.common.wire.Finding;
import io.swarmctl.common.wire.Membership;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.common.wire.SwarmNode;
import io.swarmctl.common.wire.SwarmState;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChorePlanTest {
    @Test
    void choresAreDoneOnlyWhereTheSwarmStillNeedsThem() {
        SwarmPlan plan = plan(
                List.of(manager("self"), worker("gone", false), worker("here", true)),
                new Chore.Forget("gone"),
                new Chore.Forget("here"),
                new Chore.Forget("unknown"),
                new Chore.Demote("here"));

        assertThat(plan.actions()).containsExactly(new Action.ForgetSwarmNode("gone", "pi-gone"));
        assertThat(plan.findings()).isEmpty();
    }

    @Test
    void aManagerOfTwoMayBeMadeAWorkerWhenBothAreThere() {
        SwarmPlan plan = plan(List.of(manager("self"), manager("other")), new Chore.Demote("other"));

        assertThat(plan.actions()).containsExactly(new Action.DemoteSwarmNode("other", "pi-other"));
    }

    @Test
    void aManagerThatTheQuorumNeedsStaysOneAndThePlanSaysWhy() {
        SwarmPlan plan = plan(List.of(manager("self"), manager("other"), away("third")), new Chore.Demote("other"));

        assertThat(plan.actions()).isEmpty();
        assertThat(plan.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
            assertThat(finding.problem())
                    .isEqualTo("pi-other stays a manager of the swarm: without it 1 of 2 managers would reach each"
                            + " other, too few to agree");
        });
    }

    @Test
    void ofSeveralManagersOnlySoManyAreMadeWorkersThatTheQuorumStays() {
        SwarmPlan plan = plan(
                List.of(manager("self"), manager("a"), manager("b"), manager("c"), away("d")),
                new Chore.Demote("a"),
                new Chore.Demote("b"),
                new Chore.Demote("c"));

        assertThat(plan.actions())
                .containsExactly(new Action.DemoteSwarmNode("a", "pi-a"), new Action.DemoteSwarmNode("b", "pi-b"));
        assertThat(plan.findings()).hasSize(1);
    }

    @Test
    void aManagerThatNeverComesBackIsMadeAWorkerBeforeItIsForgotten() {
        SwarmPlan plan = plan(List.of(manager("self"), manager("other"), away("gone")), new Chore.Forget("gone"));

        assertThat(plan.actions())
                .containsExactly(
                        new Action.DemoteSwarmNode("gone", "pi-gone"), new Action.ForgetSwarmNode("gone", "pi-gone"));
    }

    private static SwarmPlan plan(List<SwarmNode> nodes, Chore... chores) {
        SwarmFacts swarm =
                new SwarmFacts(SwarmState.ACTIVE, true, "self", "c", "fleet", 1, "10.0.0.5", List.of(), nodes, "");
        return ChorePlan.of(swarm, List.of(chores));
    }

    private static SwarmNode manager(String id) {
        return new SwarmNode(id, "pi-" + id, Membership.MANAGER, true, true, true, false);
    }

    private static SwarmNode away(String id) {
        return new SwarmNode(id, "pi-" + id, Membership.MANAGER, false, true, false, false);
    }

    private static SwarmNode worker(String id, boolean ready) {
        return new SwarmNode(id, "pi-" + id, Membership.WORKER, ready, true, false, false);
    }
}
