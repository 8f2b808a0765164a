package io.swarmctl.controller.fleet;

import static io.swarmctl.controller.fleet.ExampleNodes.NOW;
import static io.swarmctl.controller.fleet.ExampleNodes.arrived;
import static io.swarmctl.controller.fleet.ExampleNodes.inSwarm;
import static io.swarmctl.controller.fleet.ExampleNodes.pending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.swarmctl.common.wire.EnrolmentRequest;
import io.swarmctl.common.wire.Membership;
import io.swarmctl.controller.fleet.EnrolmentKeyCommands.Minted;
import io.swarmctl.controller.fleet.FleetException.Reason;
import io.swarmctl.controller.fleet.FleetNode.Status;
import io.swarmctl.controller.fleet.Policy.Approval;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final String OLD_KEY = "{}";
    private static final String NEW_KEY = "{\"new\":1}";
    private static final String NEWER_KEY = "{\"newer\":1}";

    private final Minted key = mint(2);
    private Fleet fleet = ExampleNodes.fleet().with(key.key());

    @Test
    void aValidKeyLetsANodeInAndIsUsedOnce() throws FleetException {
        admit("Serial-1", key.text(), OLD_KEY);

        assertThat(node("serial-1").status()).isEqualTo(Status.ENROLLED);
        assertThat(node("serial-1").name()).isEqualTo("pi-001");
        assertThat(node("serial-1").role()).isNull();
        assertThat(usesLeft()).isEqualTo(1);
    }

    @Test
    void thePolicyMayWantAPersonsApproval() throws FleetException {
        approval(Approval.MANUAL);
        admit("serial-1", key.text(), OLD_KEY);

        assertThat(node("serial-1").status()).isEqualTo(Status.PENDING);
        assertThat(usesLeft()).isEqualTo(2);
    }

    @Test
    void anExpiredKeyEndsInTheApprovalQueue() throws FleetException {
        admit("serial-1", key.text(), OLD_KEY, NOW.plus(Duration.ofDays(2)));
        assertThat(node("serial-1").status()).isEqualTo(Status.PENDING);
        assertThat(node("serial-1").standing().reason()).contains("expired");
    }

    @Test
    void aUsedUpKeyEndsInTheApprovalQueue() throws FleetException {
        admit("serial-1", key.text(), OLD_KEY);
        admit("serial-2", key.text(), OLD_KEY);
        admit("serial-3", key.text(), OLD_KEY);
        assertThat(node("serial-2").status()).isEqualTo(Status.ENROLLED);
        assertThat(node("serial-3").status()).isEqualTo(Status.PENDING);
        assertThat(node("serial-3").standing().reason()).contains("used up");
        assertThat(usesLeft()).isZero();
    }

    @Test
    void aRevokedKeyEndsInTheApprovalQueue() throws FleetException {
        fleet = fleet.with(key.key().revoke());
        admit("serial-1", key.text(), OLD_KEY);
        assertThat(node("serial-1").status()).isEqualTo(Status.PENDING);
        assertThat(node("serial-1").standing().reason()).contains("revoked");
    }

    @Test
    void anotherFleetsKeyAndNoKeyAreRefused() {
        assertRefused(Reason.UNKNOWN, "serial-1", mint(1).text(), OLD_KEY);
        assertRefused(Reason.UNKNOWN, "serial-1", "swk_" + key.key().id() + "_guessed", OLD_KEY);
        assertRefused(Reason.INVALID, "serial-1", null, OLD_KEY);
    }

    @Test
    void whatIsNoSerialIsRefused() {
        assertRefused(Reason.INVALID, "", key.text(), OLD_KEY);
        assertRefused(Reason.INVALID, "../../etc", key.text(), OLD_KEY);
    }

    @Test
    void theSameNodeMayAskAgainWithoutAKeyAndUsesNone() throws FleetException {
        admit("serial-1", key.text(), OLD_KEY);
        Fleet before = fleet;
        admit("serial-1", null, OLD_KEY);
        admit("serial-1", key.text(), OLD_KEY);
        assertThat(fleet).isEqualTo(before);
    }

    @Test
    void whoWaitsGoesOnWaitingUntilApproved() throws FleetException {
        approval(Approval.MANUAL);
        admit("serial-1", key.text(), OLD_KEY);
        approval(Approval.AUTOMATIC);
        admit("serial-1", key.text(), OLD_KEY);
        assertThat(node("serial-1").status()).isEqualTo(Status.PENDING);
        fleet = NodeCommands.approve(fleet, "pi-001").fleet();
        admit("serial-1", null, OLD_KEY);
        assertThat(node("serial-1").status()).isEqualTo(Status.ENROLLED);
    }

    @Test
    void aRevokedNodeStaysOutWithItsOldKey() {
        know(arrived(1).withStatus(Status.REVOKED, "a person revoked it"));
        assertRefused(Reason.CONFLICT, id(1), key.text(), OLD_KEY);
    }

    @Test
    void aRevokedBoardWithANewCardWaitsForAPersonHoweverOftenItChangesItsKey() throws FleetException {
        know(arrived(1).withStatus(Status.REVOKED, "a person revoked it"));
        admit(id(1), key.text(), NEW_KEY);
        admit(id(1), key.text(), NEWER_KEY);
        assertThat(node(id(1)).status()).isEqualTo(Status.REVOKED);
        assertThat(node(id(1)).publicJwk()).isEqualTo(OLD_KEY);
        assertThat(candidate(id(1)).publicJwk()).isEqualTo(NEWER_KEY);
        assertThat(candidate(id(1)).reason()).contains("was revoked");
        assertThat(usesLeft()).isEqualTo(2);
    }

    @Test
    void anotherCardWithTheSerialOfAConnectedNodeWaitsBesideIt() throws FleetException {
        FleetNode before = inSwarm(1, Membership.MANAGER);
        know(before);
        fleet = fleet.withConnected(Set.of(id(1)));
        admit(id(1), key.text(), NEW_KEY);
        assertThat(node(id(1)).withCandidate(null)).isEqualTo(before);
        assertThat(candidate(id(1)).publicJwk()).isEqualTo(NEW_KEY);
        assertThat(candidate(id(1)).reason()).isEqualTo("pi-001 is connected, and this card has another key");
        assertThat(candidate(id(1)).address()).isEqualTo("10.0.0.7");
        assertThat(fleet.swarm().farewells()).isEmpty();
        assertThat(usesLeft()).isEqualTo(2);
    }

    @Test
    void aCardThatWasChangedInAHurryComesInOnceTheOldConnectionIsSeenToBeGone() throws FleetException {
        know(inSwarm(1, Membership.WORKER));
        fleet = fleet.withConnected(Set.of(id(1)));
        admit(id(1), key.text(), NEW_KEY);
        admit(id(1), key.text(), NEW_KEY);
        assertThat(node(id(1)).publicJwk()).isEqualTo(OLD_KEY);
        fleet = fleet.withConnected(Set.of());
        admit(id(1), key.text(), NEW_KEY);
        assertThat(node(id(1)).publicJwk()).isEqualTo(NEW_KEY);
        assertThat(node(id(1)).candidate()).isNull();
        assertThat(usesLeft()).isEqualTo(1);
    }

    @Test
    void whenTheNodeSpeaksWhileAnotherCardAsksTheCardWaitsForAPersonWhateverBecomesOfTheNode() throws FleetException {
        FleetNode node = inSwarm(1, Membership.WORKER);
        know(node);
        fleet = fleet.withConnected(Set.of(id(1)));
        admit(id(1), key.text(), NEW_KEY);
        know(node(id(1)).withReport(node.report(), NOW.plusSeconds(1)));
        admit(id(1), key.text(), NEW_KEY);
        fleet = fleet.withConnected(Set.of());
        Fleet before = fleet;
        admit(id(1), key.text(), NEW_KEY);
        assertThat(fleet).isEqualTo(before);
        assertThat(candidate(id(1)).reason()).contains("goes on working while this card asks");
    }

    @Test
    void whileACardWaitsNoOtherTakesTheNodesPlace() throws FleetException {
        know(arrived(1));
        fleet = fleet.withConnected(Set.of(id(1)));
        admit(id(1), key.text(), NEW_KEY);
        fleet = fleet.withConnected(Set.of());
        admit(id(1), key.text(), NEWER_KEY);
        admit(id(1), key.text(), NEWER_KEY);
        assertThat(node(id(1)).publicJwk()).isEqualTo(OLD_KEY);
        assertThat(candidate(id(1)).reason()).contains("asked before it");
    }

    @Test
    void aDisconnectedNodeIsNotPushedOutByAKeyThatIsRevokedExpiredOrUsedUp() throws FleetException {
        know(inSwarm(1, Membership.WORKER));
        fleet = fleet.with(key.key().revoke());
        admit(id(1), key.text(), NEW_KEY);
        assertThat(candidate(id(1)).reason()).isEqualTo("its enrolment key was revoked");
        fleet = fleet.with(key.key());
        know(inSwarm(1, Membership.WORKER));
        admit(id(1), key.text(), NEW_KEY, NOW.plus(Duration.ofDays(2)));
        assertThat(candidate(id(1)).reason()).isEqualTo("its enrolment key has expired");
        fleet = fleet.with(key.key().used().used());
        know(inSwarm(1, Membership.WORKER));
        admit(id(1), key.text(), NEW_KEY);
        assertThat(candidate(id(1)).reason()).isEqualTo("its enrolment key is used up");
        assertThat(node(id(1)).publicJwk()).isEqualTo(OLD_KEY);
        assertThat(node(id(1)).report()).isNotNull();
    }

    @Test
    void whereAPersonApprovesADisconnectedNodeIsNotPushedOutEither() throws FleetException {
        know(inSwarm(1, Membership.WORKER));
        approval(Approval.MANUAL);
        admit(id(1), key.text(), NEW_KEY);
        assertThat(node(id(1)).publicJwk()).isEqualTo(OLD_KEY);
        assertThat(candidate(id(1)).reason()).contains("policy");
    }

    @Test
    void cardsThatAskInTurnsDoNotFillTheTimeline() throws FleetException {
        know(arrived(1));
        fleet = fleet.withConnected(Set.of(id(1)));
        int notes = 0;
        for (int second = 0; second < 100; second++) {
            Knock knock = new Knock(request(id(1), key.text()), "{\"turn\":" + second + "}", false);
            Transition asked = Admission.admit(fleet, knock, NOW.plusMillis(second));
            notes += asked.notes().size();
            fleet = asked.fleet();
        }
        assertThat(notes).isEqualTo(1);
        assertThat(candidate(id(1)).publicJwk()).isEqualTo("{\"turn\":99}");
    }

    @Test
    void aRefusedCardIsNotPutBeforeAPersonAgain() throws FleetException {
        know(arrived(1));
        fleet = fleet.withConnected(Set.of(id(1)));
        admit(id(1), key.text(), NEW_KEY);
        fleet = NodeCommands.refuse(fleet, "pi-001").fleet();
        assertThat(node(id(1)).candidate()).isNull();
        assertRefused(Reason.CONFLICT, id(1), key.text(), NEW_KEY);
        assertRefused(Reason.CONFLICT, "serial-9", key.text(), NEW_KEY);
    }

    @Test
    void aForgottenNodeWithACertificateWaitsAndSaysWhy() throws FleetException {
        fleet = Admission.admit(fleet, new Knock(request("serial-1", null), OLD_KEY, true), NOW)
                .fleet();
        assertThat(node("serial-1").status()).isEqualTo(Status.PENDING);
        assertThat(node("serial-1").standing().reason())
                .isEqualTo("it holds a certificate of this fleet, but the controller does not know it;"
                        + " restored from an older backup?");
    }

    @Test
    void aCertificateOfAnEarlierCardDoesNotPushOutTheLaterOne() throws FleetException {
        know(arrived(1));
        fleet = Admission.admit(fleet, new Knock(request(id(1), null), NEW_KEY, true), NOW)
                .fleet();
        assertThat(node(id(1)).publicJwk()).isEqualTo(OLD_KEY);
        assertThat(candidate(id(1)).reason()).contains("holds a certificate");
    }

    @Test
    void theCertificateOfARevokedNodeDoesNotSpeakForItOnceItIsRemoved() throws FleetException {
        know(arrived(1).withStatus(Status.REVOKED, "a person revoked it"));
        fleet = NodeCommands.remove(fleet, "pi-001", false).fleet();
        assertThatExceptionOfType(FleetException.class)
                .isThrownBy(() -> Admission.admit(fleet, new Knock(request(id(1), null), OLD_KEY, true), NOW));
    }

    @Test
    void aReflashedWorkerComesBackAsItselfAndItsOldEntryIsForgotten() throws FleetException {
        know(inSwarm(1, Membership.WORKER));
        admit(id(1), key.text(), NEW_KEY);
        FleetNode node = node(id(1));
        assertThat(node.status()).isEqualTo(Status.ENROLLED);
        assertThat(node.name()).isEqualTo("pi-001");
        assertThat(node.role()).isEqualTo("worker");
        assertThat(node.publicJwk()).isEqualTo(NEW_KEY);
        assertThat(node.report()).isNull();
        assertThat(node.goal()).isNull();
        assertThat(fleet.swarm().farewells()).containsExactly("swarm-pi-001");
        assertThat(usesLeft()).isEqualTo(1);
    }

    @Test
    void aManagersRoleIsNotGivenBackByItself() throws FleetException {
        know(inSwarm(1, Membership.MANAGER));
        admit(id(1), key.text(), NEW_KEY);
        assertThat(node(id(1)).status()).isEqualTo(Status.ENROLLED);
        assertThat(node(id(1)).role()).isNull();
    }

    @Test
    void norDoesTheStandingRuleGiveItBack() throws FleetException {
        know(inSwarm(1, Membership.MANAGER));
        admit(id(1), key.text(), NEW_KEY);
        FleetNode back = node(id(1));
        know(back.withReport(inSwarm(1, Membership.WORKER).report(), NOW));
        fleet = fleet.with(fleet.policy().withAuto(new Policy.Auto(1, 1)));
        Fleet planned = FleetPlanner.plan(fleet, NOW.plusSeconds(60)).fleet();
        assertThat(planned.node(id(1))).map(FleetNode::role).contains("worker");
        assertThat(RoleCommands.warnings(planned))
                .containsExactly(
                        "pi-001 came back with a new card: the standing rule makes no manager of it, a person may");
    }

    @Test
    void aNameIsGivenByThePolicyHoweverTheSerialIsWritten() throws FleetException {
        names(Map.of("SERIAL-1", "attic", "serial-9", "pi-001"));
        admit("serial-1", key.text(), OLD_KEY);
        admit("serial-2", key.text(), OLD_KEY);
        assertThat(node("serial-1").name()).isEqualTo("attic");
        assertThat(node("serial-2").name()).as("pi-001 is kept for another").isEqualTo("pi-002");
    }

    @Test
    void aNameThatIsTakenIsNotGivenAgain() throws FleetException {
        know(arrived(2).withName("attic"));
        know(arrived(1));
        names(Map.of("serial-7", "attic"));
        admit("serial-7", key.text(), OLD_KEY);
        assertThat(node("serial-7").name()).isEqualTo("pi-002");
    }

    @Test
    void aFreeNameIsFoundThoughThePolicyKeepsMany() throws FleetException {
        names(Map.of("a", "pi-001", "b", "pi-002", "c", "pi-003"));
        admit("serial-7", key.text(), OLD_KEY);
        assertThat(node("serial-7").name()).isEqualTo("pi-004");
    }

    @Test
    void theApprovalQueueHasABound() {
        fleet = fleet.with(IntStream.rangeClosed(1, 1_000).mapToObj(ExampleNodes::pending), node -> node)
                .with(key.key().revoke());
        assertRefused(Reason.CONFLICT, "serial-1", key.text(), OLD_KEY);
        assertThat(fleet.nodes()).containsEntry(id(1_000), pending(1_000));
    }

    private void admit(String serial, @Nullable String enrolmentKey, String jwk) throws FleetException {
        admit(serial, enrolmentKey, jwk, NOW);
    }

    private void admit(String serial, @Nullable String enrolmentKey, String jwk, Instant now) throws FleetException {
        fleet = Admission.admit(fleet, new Knock(request(serial, enrolmentKey), jwk, false), now)
                .fleet();
    }

    private static EnrolmentRequest request(String serial, @Nullable String enrolmentKey) {
        return new EnrolmentRequest(
                serial, "Raspberry Pi 3 Model B Rev 1.2", 948L << 20, "10.0.0.7", "test", enrolmentKey, null, "nonce");
    }

    private FleetNode.Candidate candidate(String id) {
        FleetNode.Candidate candidate = node(id).candidate();
        assertThat(candidate).isNotNull();
        return candidate;
    }

    private void assertRefused(Reason reason, String serial, @Nullable String enrolmentKey, String jwk) {
        Fleet before = fleet;
        assertThatExceptionOfType(FleetException.class)
                .isThrownBy(() -> admit(serial, enrolmentKey, jwk))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
                .satisfies(e -> assertThat(e.remedy()).isNotEmpty());
        assertThat(fleet).isEqualTo(before);
    }

    private void know(FleetNode node) {
        fleet = fleet.with(node);
    }

    private void approval(Approval approval) {
        Policy policy = fleet.policy();
        fleet = fleet.with(new Policy(
                policy.user(),
                policy.ssh(),
                approval,
                policy.upgrade(),
                policy.docker(),
                policy.swarm(),
                policy.names(),
                policy.auto()));
    }

    private void names(Map<String, String> names) {
        Policy policy = fleet.policy();
        fleet = fleet.with(new Policy(
                policy.user(),
                policy.ssh(),
                policy.approval(),
                policy.upgrade(),
                policy.docker(),
                policy.swarm(),
                names,
                policy.auto()));
    }

    private FleetNode node(String id) {
        return fleet.node(id).orElseThrow();
    }

    private int usesLeft() {
        return fleet.keys().get(key.key().id()).usesLeft();
    }

    private static String id(int number) {
        return arrived(number).id();
    }

    private static Minted mint(int uses) {
        try {
            return EnrolmentKeyCommands.mint(NOW.minusSeconds(60), Duration.ofDays(1), uses, new SecureRandom());
        } catch (FleetException e) {
            throw new IllegalStateException(e);
        }
    }
}
