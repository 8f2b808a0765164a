package io.swarmctl.controller.fleet;

import static io.swarmctl.controller.fleet.ExampleNodes.arrived;
import static io.swarmctl.controller.fleet.ExampleNodes.fleet;
import static io.swarmctl.controller.fleet.ExampleNodes.inSwarm;
import static io.swarmctl.controller.fleet.ExampleNodes.pending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.swarmctl.common.wire.Membership;
import io.swarmctl.controller.fleet.FleetException.Reason;
import io.swarmctl.controller.fleet.FleetNode.Status;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeCommandsTest {
    private static final FleetNode.Candidate CANDIDATE =
            new FleetNode.Candidate("{\"new\":1}", "pi-001 is connected", "10.0.0.9", ExampleNodes.NOW, true);

    @Test
    void aNodeIsFoundByNameAndById() throws FleetException {
        Fleet fleet = fleet(arrived(1), arrived(2));

        assertThat(Nodes.find(fleet, "pi-002")).isEqualTo(arrived(2));
        assertThat(Nodes.find(fleet, arrived(2).id())).isEqualTo(arrived(2));
    }

    @Test
    void aMistypedNameSaysWhichWasMeant() {
        assertThatExceptionOfType(FleetException.class)
                .isThrownBy(() -> NodeCommands.approve(fleet(arrived(1)), "pi-0O1"))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN))
                .satisfies(e -> assertThat(e.remedy()).isEqualTo("did you mean pi-001?"));
    }

    @Test
    void renamingChangesTheNameAndNothingElse() throws FleetException {
        Transition renamed = NodeCommands.rename(fleet(arrived(1)), "pi-001", "attic");

        assertThat(renamed.fleet().node(arrived(1).id())).contains(arrived(1).withName("attic"));
        assertThat(renamed.notes()).extracting(Transition.Note::text).containsExactly("renamed from pi-001 to attic");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Attic", "-attic", "attic-", "at tic", "a.b", "attic\n"})
    void aNameIsAHostname(String name) {
        assertRefused(Reason.INVALID, () -> NodeCommands.rename(fleet(arrived(1)), "pi-001", name));
    }

    @Test
    void noTwoNodesHaveOneName() {
        Fleet fleet = fleet(arrived(1), arrived(2));

        assertRefused(Reason.CONFLICT, () -> NodeCommands.rename(fleet, "pi-001", "pi-002"));
        assertRefused(
                Reason.CONFLICT,
                () -> NodeCommands.rename(fleet, "pi-001", arrived(2).id()));
    }

    @Test
    void theFleetFileNamesBoardsBeforePeopleDo() throws FleetException {
        Policy initial = Policy.initial();
        Policy policy = new Policy(
                null,
                false,
                initial.approval(),
                initial.upgrade(),
                initial.docker(),
                initial.swarm(),
                Map.of(arrived(1).id().toUpperCase(java.util.Locale.ROOT), "attic"),
                null);
        Fleet fleet =
                PolicyCommands.apply(fleet(arrived(1), arrived(2)), policy).fleet();

        assertThat(fleet.named("attic")).contains(arrived(1).withName("attic"));
        assertRefused(Reason.CONFLICT, () -> NodeCommands.rename(fleet, "attic", "cellar"));
        assertRefused(Reason.CONFLICT, () -> NodeCommands.rename(fleet, "pi-002", "attic"));
        assertThat(PolicyCommands.apply(fleet, policy).notes()).isEmpty();
    }

    @Test
    void aNodeOutsideTheSwarmIsGoneAtOnce() throws FleetException {
        assertThat(NodeCommands.remove(fleet(arrived(1)), "pi-001", false)
                        .fleet()
                        .nodes())
                .isEmpty();
        assertThat(NodeCommands.remove(fleet(pending(1)), "pi-001", false)
                        .fleet()
                        .nodes())
                .isEmpty();
    }

    @Test
    void aNodeInTheSwarmLeavesItFirst() throws FleetException {
        Fleet removing = NodeCommands.remove(fleet(inSwarm(2, Membership.WORKER)), "pi-002", false)
                .fleet();

        assertThat(removing.named("pi-002")).map(FleetNode::status).contains(Status.REMOVING);
        assertThat(NodeCommands.remove(removing, "pi-002", false)).isEqualTo(Transition.silent(removing));
    }

    @Test
    void aNodeThatMayBeJoiningLeavesFirstToo() throws FleetException {
        FleetNode told = ExampleNodes.withSpec(arrived(1));
        NodeGoal goal = told.goal();
        NodeGoal joins = new NodeGoal(
                1,
                goal.key(),
                goal.name(),
                "worker",
                null,
                "",
                goal.sshKeys(),
                false,
                goal.upgrade(),
                goal.docker(),
                goal.ownClusterIds(),
                goal.origin(),
                null,
                new NodeGoal.SwarmGoal.Join(Membership.WORKER, ExampleNodes.CLUSTER, java.util.List.of(), ""));

        Fleet after = NodeCommands.remove(fleet(told.withSpec(joins, told.spec())), "pi-001", false)
                .fleet();

        assertThat(after.named("pi-001")).map(FleetNode::status).contains(Status.REMOVING);
    }

    @Test
    void byForceItIsGoneAtOnceAndTheSwarmForgetsIt() throws FleetException {
        Fleet after = NodeCommands.remove(fleet(inSwarm(2, Membership.WORKER)), "pi-002", true)
                .fleet();

        assertThat(after.nodes()).isEmpty();
        assertThat(after.swarm().farewells()).containsExactly("swarm-pi-002");
    }

    @Test
    void onlyWhoWaitsIsApproved() throws FleetException {
        Fleet approved = NodeCommands.approve(fleet(pending(1)), "pi-001").fleet();

        assertThat(approved.named("pi-001")).map(FleetNode::status).contains(Status.ENROLLED);
        assertThat(NodeCommands.approve(approved, "pi-001").notes()).isEmpty();
        Fleet revoked = NodeCommands.revoke(approved, "pi-001").fleet();
        assertRefused(Reason.CONFLICT, () -> NodeCommands.approve(revoked, "pi-001"));
    }

    @Test
    void approvingAnotherCardPutsItInTheNodesPlaceWithoutAManagersRole() throws FleetException {
        FleetNode manager = inSwarm(1, Membership.MANAGER).withCandidate(CANDIDATE);

        Fleet approved = NodeCommands.approve(fleet(manager), "pi-001").fleet();

        assertThat(approved.named("pi-001")).hasValueSatisfying(node -> {
            assertThat(node.status()).isEqualTo(Status.ENROLLED);
            assertThat(node.publicJwk()).isEqualTo(CANDIDATE.publicJwk());
            assertThat(node.candidate()).isNull();
            assertThat(node.role()).isNull();
            assertThat(node.report()).isNull();
        });
        assertThat(approved.swarm().farewells()).containsExactly("swarm-pi-001");
        assertThat(approved.refusals().has(manager.publicJwk())).isTrue();
        assertThat(NodeCommands.approve(approved, "pi-001").notes()).isEmpty();
    }

    @Test
    void approvingAnotherCardOfARevokedNodeLetsItBackIn() throws FleetException {
        Fleet revoked = NodeCommands.revoke(fleet(arrived(1)), "pi-001").fleet();
        FleetNode node = revoked.named("pi-001").orElseThrow().withCandidate(CANDIDATE);

        Fleet approved = NodeCommands.approve(revoked.with(node), "pi-001").fleet();

        assertThat(approved.named("pi-001")).map(FleetNode::status).contains(Status.ENROLLED);
    }

    @Test
    void refusingAnotherCardLeavesTheNodeAsItIs() throws FleetException {
        FleetNode manager = inSwarm(1, Membership.MANAGER);

        Fleet refused = NodeCommands.refuse(fleet(manager.withCandidate(CANDIDATE)), "pi-001")
                .fleet();

        assertThat(refused.named("pi-001")).contains(manager);
        assertThat(refused.refusals().has(CANDIDATE.publicJwk())).isTrue();
        assertRefused(Reason.CONFLICT, () -> NodeCommands.refuse(refused, "pi-001"));
    }

    @Test
    void refusingANewNodeForgetsIt() throws FleetException {
        Fleet refused = NodeCommands.refuse(fleet(pending(1)), "pi-001").fleet();

        assertThat(refused.nodes()).isEmpty();
        assertThat(refused.refusals().has(pending(1).publicJwk())).isTrue();
    }

    @Test
    void refusalsAreRememberedUpToABound() {
        Refusals refusals = Refusals.none();
        for (int number = 0; number <= Refusals.MOST; number++) {
            refusals = refusals.with("key " + number).with("key " + number);
        }

        assertThat(refusals.fingerprints()).hasSize(Refusals.MOST);
        assertThat(refusals.has("key 0")).isFalse();
        assertThat(refusals.has("key " + Refusals.MOST)).isTrue();
    }

    @Test
    void aRevokedNodeHasNoRoleAndIsForgottenByTheSwarm() throws FleetException {
        Fleet revoked = NodeCommands.revoke(fleet(inSwarm(1, Membership.MANAGER)), "pi-001")
                .fleet();

        assertThat(revoked.named("pi-001")).hasValueSatisfying(node -> {
            assertThat(node.status()).isEqualTo(Status.REVOKED);
            assertThat(node.role()).isNull();
        });
        assertThat(revoked.swarm().farewells()).containsExactly("swarm-pi-001");
        assertThat(NodeCommands.revoke(revoked, "pi-001")).isEqualTo(Transition.silent(revoked));
        assertThat(NodeCommands.remove(revoked, "pi-001", false).fleet().swarm().farewells())
                .containsExactly("swarm-pi-001");
    }

    private static void assertRefused(Reason reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable command) {
        assertThatExceptionOfType(FleetException.class).isThrownBy(command).satisfies(e -> {
            assertThat(e.reason()).isEqualTo(reason);
            assertThat(e.remedy()).isNotBlank();
        });
    }
}
