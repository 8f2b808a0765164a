package io.swarmctl.controller.cli;

import static io.swarmctl.controller.fleet.ExampleNodes.arrived;
import static io.swarmctl.controller.fleet.ExampleNodes.inSwarm;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.wire.Membership;
import io.swarmctl.controller.cli.Typist.Result;
import io.swarmctl.controller.fleet.ExampleNodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Without a word it says where one stands, and what to type next. */
class HomeTest {
    @RegisterExtension
    final Desk desk = new Desk();

    @Test
    void itSaysWhoWaitsAndWhatFails() {
        Result home = desk.typist().types();

        assertThat(home.exitCode()).isZero();
        assertThat(home.out()).isEqualTo("controller  " + desk.url() + ", version 1.2.3 (context rack)\n" + """
                fleet       fleet-1: 4 nodes (1 failed, 1 new, 1 pending, 1 ready)
                approval    1 waiting: swarmctl nodes list
                swarm       1 of 1 manager reachable, 1 of 1 worker ready, leader pi-001, 0 to spare, as of 3 s ago

                next
                  swarmctl nodes list                             who waits for approval, and why
                  swarmctl nodes approve --all                    let new nodes in
                  swarmctl nodes show pi-002                      it is failed
                  swarmctl roles assign worker --all-unassigned   1 node without a role
                  swarmctl --help                                 all commands
                """);
    }

    @Test
    void anEmptyFleetNeedsACard() {
        desk.fleet().become(fleet -> ExampleNodes.fleet());

        assertThat(desk.typist().types().out()).contains("  swarmctl image build --base IMAGE --out fleet.img ");
    }

    @Test
    void nodesWithoutRolesNeedARule() {
        desk.fleet().become(fleet -> Desk.connected(ExampleNodes.fleet(arrived(1), arrived(2))));

        assertThat(desk.typist().types().out())
                .contains("  swarmctl roles auto --managers 1   give all 2 nodes a role");
    }

    @Test
    void whileTheStandingRuleWaitsNobodyIsToldToGiveRoles() {
        desk.fleet().become(fleet -> Desk.connected(ExampleNodes.fleet(arrived(1), arrived(2))));
        desk.typist().types("roles", "auto", "--managers", "1", "--settle", "1h");

        assertThat(desk.typist().types().out())
                .contains("rule        1 manager, all others workers, once no new node has come for 3600 s; next in ")
                .contains("  swarmctl status --wait   watch them get ready")
                .doesNotContain("roles a");
    }

    @Test
    void whereAllIsWellThereIsNothingToDo() {
        desk.fleet()
                .become(fleet -> Desk.connected(
                        ExampleNodes.fleet(inSwarm(1, Membership.MANAGER), inSwarm(2, Membership.WORKER))));

        assertThat(desk.typist().types().out()).contains("""

                next
                  swarmctl nodes list   all of them
                  swarmctl --help       all commands
                """);
    }

    @Test
    void aControllerThatIsAwayIsSaidToBe() {
        desk.stopController();

        Result home = desk.typist().types();

        assertThat(home.exitCode()).isEqualTo(1);
        assertThat(home.err()).contains("cannot reach the controller at").contains("nothing listens there");
    }
}
