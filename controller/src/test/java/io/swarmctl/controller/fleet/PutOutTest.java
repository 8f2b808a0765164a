package io.swarmctl.controller.fleet;

import static io.swarmctl.controller.fleet.ExampleNodes.CLUSTER;
import static io.swarmctl.controller.fleet.ExampleNodes.NOW;
import static io.swarmctl.controller.fleet.ExampleNodes.inSwarm;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.wire.Membership;
import io.swarmctl.controller.fleet.NodeGoal.SwarmGoal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The manager pi-001 lists pi-001 and pi-002; pi-003 says that it is a member, too. */
class PutOutTest {
    private static final FleetNode MANAGER = inSwarm(1, Membership.MANAGER);
    private static final FleetNode LISTED = inSwarm(2, Membership.WORKER);
    private static final FleetNode MISSING = inSwarm(3, Membership.WORKER);
    private static final SwarmGoal MEMBER = new SwarmGoal.Member(Membership.WORKER, CLUSTER, List.of());

    private Fleet fleet = ExampleNodes.fleet(MANAGER, LISTED, MISSING)
            .with(new SwarmRecord(1, MANAGER.id(), CLUSTER, List.of(CLUSTER), null, List.of(), false, null))
            .withConnected(Set.of(MANAGER.id(), LISTED.id(), MISSING.id()));

    @Test
    void whoIsMissingInAListFromBeforeItJoinedIsAMember() {
        assertThat(goal(MISSING, NOW)).isEqualTo(MEMBER);
        assertThat(goal(MISSING, NOW.plus(Duration.ofHours(1))))
                .as("the manager has told nothing since")
                .isEqualTo(MEMBER);
    }

    @Test
    void whoIsStillMissingInALaterListHasToLeaveAndJoinAgain() {
        goal(MISSING, NOW);
        managerReports(NOW.plusSeconds(60));
        assertThat(goal(MISSING, NOW.plusSeconds(60))).isEqualTo(MEMBER);
        managerReports(NOW.plusSeconds(120));
        assertThat(goal(MISSING, NOW.plusSeconds(120))).isEqualTo(new SwarmGoal.Outside());
        assertThat(goal(LISTED, NOW.plusSeconds(120))).isEqualTo(MEMBER);
    }

    @Test
    void whenNoManagerIsHeardNobodyIsPutOut() {
        goal(MISSING, NOW);
        managerReports(NOW.plusSeconds(300));
        fleet = fleet.withConnected(Set.of(LISTED.id(), MISSING.id()));
        assertThat(goal(MISSING, NOW.plusSeconds(300))).isEqualTo(MEMBER);
    }

    private void managerReports(Instant at) {
        fleet = fleet.with(MANAGER.withReport(Objects.requireNonNull(MANAGER.report()), at));
    }

    private SwarmGoal goal(FleetNode node, Instant now) {
        FleetPlan plan = FleetPlanner.plan(fleet, now);
        fleet = plan.fleet();
        return plan.goals().get(node.id()).swarm();
    }
}
