package io.swarmctl.controller.fleet;

import static io.swarmctl.controller.fleet.ExampleNodes.arrived;
import static io.swarmctl.controller.fleet.ExampleNodes.fleet;
import static io.swarmctl.controller.fleet.ExampleNodes.inSwarm;
import static io.swarmctl.controller.fleet.ExampleNodes.pending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.swarmctl.common.wire.Membership;
import io.swarmctl.controller.fleet.FleetException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RoleCommandsTest {
    @Test
    void namedNodesGetTheRoleAndOthersDoNot() throws FleetException {
        Fleet fleet = fleet(arrived(1), arrived(2), arrived(3));

        Transition assigned = RoleCommands.assign(fleet, "manager", List.of("pi-001", "pi-003", "pi-001"));

        assertThat(assigned.fleet().nodes().values())
                .extracting(FleetNode::role)
                .containsExactly("manager", null, "manager");
        assertThat(assigned.notes()).hasSize(2);
        assertThat(RoleCommands.assign(assigned.fleet(), "manager", List.of("pi-001"))
                        .notes())
                .isEmpty();
    }

    @Test
    void allUnassignedMeansEnrolledNodesWithoutRole() throws FleetException {
        Fleet fleet = fleet(arrived(1).withRole("manager"), arrived(2), pending(3));

        Fleet assigned = RoleCommands.assignToUnassigned(fleet, "worker").fleet();

        assertThat(assigned.nodes().values()).extracting(FleetNode::role).containsExactly("manager", "worker", null);
    }

    @Test
    void oneNodeThatCannotHaveTheRoleStopsAll() {
        assertRefused(
                Reason.CONFLICT,
                "approve it first: swarmctl nodes approve pi-002",
                () -> RoleCommands.assign(fleet(arrived(1), pending(2)), "worker", List.of("pi-001", "pi-002")));
    }

    @Test
    void aMemberOfTheSwarmKeepsItsPartUntilItIsUnassigned() throws FleetException {
        Fleet fleet = fleet(inSwarm(1, Membership.MANAGER), inSwarm(2, Membership.WORKER));

        assertRefused(
                Reason.CONFLICT,
                "unassign it first, and it leaves the swarm: swarmctl roles unassign pi-001",
                () -> RoleCommands.assign(fleet, "worker", List.of("pi-001")));
        assertThat(RoleCommands.assign(fleet, "worker", List.of("pi-002")).notes())
                .isEmpty();
    }

    @Test
    void unknownRolesSayWhichWasMeant() {
        assertRefused(
                Reason.UNKNOWN,
                "did you mean manager?",
                () -> RoleCommands.assign(fleet(arrived(1)), "manger", List.of("pi-001")));
    }

    @Test
    void thereAreAtMostSevenManagers() throws FleetException {
        FleetNode[] eight =
                IntStream.rangeClosed(1, 8).mapToObj(ExampleNodes::arrived).toArray(FleetNode[]::new);

        assertThatExceptionOfType(FleetException.class)
                .isThrownBy(() -> RoleCommands.assignToUnassigned(fleet(eight), "manager"));
        assertThatExceptionOfType(FleetException.class)
                .isThrownBy(() -> RoleCommands.setAuto(fleet(), 8, Duration.ZERO));
    }

    @Test
    void anEvenNumberOfManagersIsAllowedAndWarnedOf() throws FleetException {
        Fleet two = RoleCommands.assignToUnassigned(fleet(arrived(1), arrived(2)), "manager")
                .fleet();

        assertThat(RoleCommands.warnings(two)).singleElement().asString().contains("2 managers");
        assertThat(RoleCommands.warnings(fleet(arrived(1).withRole("manager")))).isEmpty();
        assertThat(RoleCommands.warnings(fleet())).isEmpty();
    }

    @Test
    void unassigningTakesTheRoleAway() throws FleetException {
        Fleet fleet = fleet(inSwarm(1, Membership.WORKER), arrived(2));

        Transition without = RoleCommands.unassign(fleet, List.of("pi-001", "pi-002"));

        assertThat(without.fleet().nodes().values()).extracting(FleetNode::role).containsOnlyNulls();
        assertThat(without.notes()).hasSize(1);
    }

    @Test
    void theStandingRuleIsSetAndEnded() throws FleetException {
        Fleet ruled = RoleCommands.setAuto(fleet(arrived(1).withRole("worker")), 3, Duration.ofSeconds(30))
                .fleet();

        assertThat(ruled.policy().auto()).isEqualTo(new Policy.Auto(3, 30));
        assertThat(RoleCommands.setAuto(ruled, 3, Duration.ofSeconds(30)).notes())
                .isEmpty();
        assertRefused(
                Reason.CONFLICT,
                "end it first: swarmctl roles auto --off",
                () -> RoleCommands.unassign(ruled, List.of("pi-001")));
        assertThat(RoleCommands.clearAuto(ruled).fleet().policy().auto()).isNull();
    }

    private static void assertRefused(Reason reason, String remedy, ThrowingCallable command) {
        assertThatExceptionOfType(FleetException.class).isThrownBy(command).satisfies(e -> {
            assertThat(e.reason()).isEqualTo(reason);
            assertThat(e.remedy()).isEqualTo(remedy);
        });
    }
}
