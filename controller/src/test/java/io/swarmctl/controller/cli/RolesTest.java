package io.swarmctl.controller.cli;

import static io.swarmctl.controller.fleet.ExampleNodes.inSwarm;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.wire.Membership;
import io.swarmctl.controller.cli.Typist.Result;
import io.swarmctl.controller.fleet.ExampleNodes;
import io.swarmctl.controller.fleet.Policy;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Roles are given and taken. */
class RolesTest {
    @RegisterExtension
    final Desk desk = new Desk();

    @Test
    void rolesAreAssignedToRangesAndToAllThatHaveNone() {
        desk.typist().types("nodes", "approve", "pi-[004-004]");
        assertThat(desk.typist()
                        .types("roles", "assign", "manager", "pi-[003-004]")
                        .err())
                .isEmpty();
        Result even = desk.typist().types("roles", "unassign", "pi-004");
        assertThat(even.err()).contains("warning: 2 managers survive no more failures than 1");
        assertThat(desk.typist()
                        .types("roles", "assign", "worker", "--all-unassigned")
                        .out())
                .isEqualTo("pi-004 is to be worker\n");
        assertThat(desk.typist().types("roles", "assign", "worker", "pi-004").out())
                .isEqualTo("nothing to change\n");
        assertThat(desk.typist().types("roles", "list").out()).containsPattern("worker +worker +2 +pi-002 pi-004");
    }

    @Test
    void whereEveryNodeHasARoleThereIsNothingToAssign() {
        desk.typist().types("roles", "assign", "worker", "--all-unassigned");

        Result again = desk.typist().types("roles", "assign", "worker", "--all-unassigned");

        assertThat(again.exitCode()).isZero();
        assertThat(again.err()).isEqualTo("every node has a role already\n");
    }

    @Test
    void aRuleThatIsNeitherSetNorEndedIsAskedForInOurWords() {
        assertThat(desk.typist().types("roles", "auto").err())
                .startsWith("error: missing required argument")
                .endsWith("\n  see: swarmctl roles auto --help\n");
    }

    @Test
    void theStandingRuleIsSetAndEnded() {
        assertThat(desk.typist()
                        .types("roles", "auto", "--managers", "3", "--settle", "1m")
                        .exitCode())
                .isZero();
        assertThat(desk.fleet().fleet().policy().auto()).isEqualTo(new Policy.Auto(3, 60));
        assertThat(desk.typist().types("roles", "auto", "--off").out()).contains("ended");
    }

    @Test
    void aDryRunShowsQuorumAndActionsAndChangesNothing() {
        Result dry = desk.typist().types("roles", "assign", "manager", "pi-003", "--dry-run");

        assertThat(dry.exitCode()).isEqualTo(3);
        assertThat(dry.out())
                .containsPattern("pi-003 +- -> manager +wait for its first report")
                .contains("managers 1 -> 2, connected 1 -> 2, may fail 0 -> 0")
                .contains("warning: 2 managers survive no more failures than 1")
                .endsWith("nothing was changed\n");
        assertThat(desk.nodes().get(2).role()).isNull();
        assertThat(desk.typist()
                        .types("roles", "assign", "manager", "pi-001", "--dry-run")
                        .exitCode())
                .isZero();
        assertThat(new JsonObject(desk.typist()
                                .types("roles", "assign", "worker", "pi-003", "--dry-run", "-o", "json")
                                .out())
                        .containsKey("preview"))
                .isTrue();
    }

    @Test
    void waitingEndsWhenEveryNodeIsReady() {
        desk.typist()
                .pausing(time -> desk.fleet()
                        .become(fleet -> Desk.connected(
                                ExampleNodes.fleet(inSwarm(1, Membership.MANAGER), inSwarm(3, Membership.WORKER)))));

        Result assigned = desk.typist().types("roles", "assign", "worker", "pi-003", "--wait");

        assertThat(assigned.exitCode()).isZero();
        assertThat(assigned.err())
                .startsWith("   0 s  0 of 1 node ready: pi-003 working (has not reported yet)\n")
                .endsWith("   1 s  1 of 1 node ready\n");
    }

    @Test
    void whoIsNotReadyInTimeIsNamedWithTheReason() {
        Result assigned = desk.typist().types("roles", "assign", "worker", "pi-[002-003]", "--wait", "--timeout", "3s");

        assertThat(assigned.exitCode()).isEqualTo(3);
        assertThat(assigned.err())
                .contains("0 of 2 nodes ready within 3 s; of the others:")
                .contains("install Docker: dpkg ended with 100; see its last lines");
    }

    @Test
    void whatIsSelectedGetsTheRole() {
        assertThat(desk.typist()
                        .types("roles", "assign", "worker", "--state", "new", "-l", "model=3B")
                        .out())
                .isEqualTo("pi-003 is to be worker\n");
        assertThat(desk.typist()
                        .types("roles", "assign", "worker", "-l", "rakc=a")
                        .err())
                .isEqualTo("""
                        error: that selects none of the fleet's 4 nodes
                          no node fits rakc=a; labels are: id, model, name, role, state
                        """);
    }
}
