package io.swarmctl.controller.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.common.trust.Certificates;
import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.FleetTrust;
import io.swarmctl.common.trust.Kind;
import io.swarmctl.common.trust.Signed;
import io.swarmctl.common.trust.TrustException;
import io.swarmctl.common.wire.EnrolmentAnswer;
import io.swarmctl.common.wire.EnrolmentAnswer.Result;
import io.swarmctl.common.wire.EnrolmentRequest;
import io.swarmctl.common.wire.Services;
import io.swarmctl.common.wire.TimeAnswer;
import io.swarmctl.common.wire.WireException;
import io.swarmctl.common.wire.WireJson;
import io.swarmctl.controller.api.MemoryFleet;
import io.swarmctl.controller.fleet.EnrolmentKeyCommands;
import io.swarmctl.controller.fleet.EnrolmentKeyCommands.Minted;
import io.swarmctl.controller.fleet.ExampleNodes;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetLoop;
import io.swarmctl.controller.fleet.NodeCommands;
import java.io.IOException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.x509.GeneralName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DoorTest {
    private static final InstantSource CLOCK = () -> ExampleNodes.NOW;

    private final FleetCa ca = FleetCa.create("test", ExampleNodes.NOW);
    private final EcKeys controllerKeys = EcKeys.generate();
    private final EcKeys nodeKeys = EcKeys.generate();
    private final Minted key = mint();
    private final MemoryFleet fleet = new MemoryFleet(CLOCK, Fleet.empty("test").with(key.key()));

    @Test
    void whoIsLetInGetsACertificateForItsKeyAndTheNameOfTheBus() throws Exception {
        EnrolmentAnswer answer = ask(nodeKeys, key.text(), "nonce-1");
        assertThat(answer.result()).isEqualTo(Result.ENROLLED);
        assertThat(answer.nonce()).isEqualTo("nonce-1");
        assertThat(answer.time()).isEqualTo(ExampleNodes.NOW.toEpochMilli());
        assertThat(answer.busCluster()).isEqualTo("secret-cluster");
        X509Certificate certificate = Certificates.fromPem(answer.certificate());
        assertThat(certificate.getPublicKey()).isEqualTo(nodeKeys.publicKey());
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=serial-1");
    }

    @Test
    void whoIsKnownGetsANewCertificateWithoutAKey() throws Exception {
        String first = ask(nodeKeys, key.text(), "1").certificate();
        EnrolmentAnswer again = ask(nodeKeys, null, "2");
        assertThat(again.result()).isEqualTo(Result.ENROLLED);
        assertThat(again.certificate()).isNotEqualTo(first);
    }

    @Test
    void whoWaitsGetsNothingButWords() throws Exception {
        fleet.become(current -> current.with(key.key().revoke()));
        EnrolmentAnswer answer = ask(nodeKeys, key.text(), "1");
        assertThat(answer.result()).isEqualTo(Result.PENDING);
        assertNoSecrets(answer);
    }

    @Test
    void whoIsRefusedIsToldWhyAndGetsNothing() throws Exception {
        EnrolmentAnswer answer = ask(nodeKeys, null, "1");
        assertThat(answer.result()).isEqualTo(Result.REFUSED);
        assertThat(answer.message()).contains("no enrolment key", "flash the card again");
        assertNoSecrets(answer);
    }

    @Test
    void whoWasRevokedGetsNothing() throws Exception {
        ask(nodeKeys, key.text(), "1");
        get(fleet.change("test", current -> NodeCommands.revoke(current, "pi-001")));
        EnrolmentAnswer answer = ask(nodeKeys, key.text(), "2");
        assertThat(answer.result()).isEqualTo(Result.REFUSED);
        assertNoSecrets(answer);
    }

    @Test
    void anotherCardIsToldThatItWaitsAndTheNodeStillGetsItsCertificates() throws Exception {
        ask(nodeKeys, key.text(), "1");
        fleet.become(current -> current.withConnected(Set.of("serial-1")));
        EnrolmentAnswer other = ask(EcKeys.generate(), key.text(), "2");
        assertThat(other.result()).isEqualTo(Result.PENDING);
        assertThat(other.message()).contains("pi-001 is connected");
        assertNoSecrets(other);
        assertThat(ask(nodeKeys, null, "3").result()).isEqualTo(Result.ENROLLED);
    }

    @Test
    void whoWasOvertakenByAnotherCardInTheSameMomentGetsNoCertificate() throws Exception {
        String others = EcKeys.generate().publicJwk();
        FleetLoop overtaken = new FleetLoop() {
            @Override
            public Fleet fleet() {
                return fleet.fleet();
            }

            @Override
            public CompletableFuture<Fleet> change(String actor, Change change) {
                return fleet.change(actor, change)
                        .thenApply(after ->
                                after.with(after.node("serial-1").orElseThrow().withKey(others)));
            }
        };
        EnrolmentAnswer answer = ask(door(overtaken, Runnable::run), nodeKeys, request(key.text(), null, "1"));
        assertThat(answer.result()).isEqualTo(Result.PENDING);
        assertThat(answer.message()).contains("ask again");
        assertNoSecrets(answer);
    }

    @Test
    void aForgottenNodeShowsItsCertificateAndWaits() throws Exception {
        X509Certificate expired =
                ca.certifyNode("serial-1", nodeKeys.publicKey(), ExampleNodes.NOW.minus(Duration.ofDays(700)));
        EnrolmentAnswer answer = ask(nodeKeys, request(null, Certificates.toPem(expired), "1"));
        assertThat(answer.result()).isEqualTo(Result.PENDING);
        assertThat(answer.message()).contains("the controller does not know it");
        assertNoSecrets(answer);
    }

    @Test
    void aCertificateThatIsNotItsOwnSpeaksForNobody() throws Exception {
        FleetCa other = FleetCa.create("other", ExampleNodes.NOW);
        EcKeys others = EcKeys.generate();
        List<X509Certificate> useless = List.of(
                other.certifyNode("serial-1", nodeKeys.publicKey(), ExampleNodes.NOW),
                ca.certifyNode("serial-2", nodeKeys.publicKey(), ExampleNodes.NOW),
                ca.certifyNode("serial-1", others.publicKey(), ExampleNodes.NOW),
                ca.certifyController(nodeKeys.publicKey(), List.of(), ExampleNodes.NOW),
                ca.certificate());
        for (X509Certificate certificate : useless) {
            EnrolmentAnswer answer = ask(nodeKeys, request(null, Certificates.toPem(certificate), "1"));
            assertThat(answer.result()).as(certificate.toString()).isEqualTo(Result.REFUSED);
        }
        assertThat(ask(nodeKeys, request(null, "no certificate", "1")).result()).isEqualTo(Result.REFUSED);
        assertThat(fleet.fleet().nodes()).isEmpty();
    }

    @Test
    void whoAsksForTheTimeIsToldItSigned() throws Exception {
        String answer = get(door(fleet, Runnable::run).answer("{\"nonce\":\"n1\"}", "10.0.0.7"));
        FleetTrust trust = new FleetTrust(ca.certificate(), CLOCK);
        TimeAnswer time = WireJson.read(
                Signed.verifyCertified(Kind.TIME_ANSWER, answer, trust, Services.SIGNER), TimeAnswer.class);
        assertThat(time).isEqualTo(new TimeAnswer("n1", ExampleNodes.NOW.toEpochMilli()));
        assertFails("{\"nonce\":\"" + "n".repeat(65) + "\"}", WireException.class);
        assertFails("{}", WireException.class);
    }

    @Test
    void whatIsNoRequestIsNotAnswered() {
        assertFails("garbage", TrustException.class);
        assertFails(Signed.signWithKey(Kind.REPORT, "{}", nodeKeys), TrustException.class);
        assertFails(Signed.signWithKey(Kind.ENROLMENT_REQUEST, "{}", nodeKeys), WireException.class);
        String request = Signed.signWithKey(Kind.ENROLMENT_REQUEST, json(key.text(), "1"), nodeKeys);
        String[] parts = request.split("\\.");
        String other = Signed.signWithKey(Kind.ENROLMENT_REQUEST, json(key.text(), "2"), nodeKeys)
                .split("\\.")[1];
        assertFails(parts[0] + "." + other + "." + parts[2], TrustException.class);
        assertThat(fleet.fleet().nodes()).isEmpty();
    }

    @Test
    void whenNothingCanBeStoredThereIsNoAnswerAndNoNode() {
        fleet.breakDisk();
        assertFails(Signed.signWithKey(Kind.ENROLMENT_REQUEST, json(key.text(), "1"), nodeKeys), IOException.class);
        assertThat(fleet.fleet().nodes()).isEmpty();
    }

    @Test
    void whenTooManyKnockThereIsNoAnswer() {
        Executor full = work -> {
            throw new RejectedExecutionException("full");
        };
        assertThatThrownBy(() -> get(door(fleet, full).answer("any", "10.0.0.7")))
                .hasCauseInstanceOf(IOException.class);
    }

    private EnrolmentAnswer ask(EcKeys keys, @Nullable String enrolmentKey, String nonce) throws Exception {
        return ask(keys, request(enrolmentKey, null, nonce));
    }

    private EnrolmentAnswer ask(EcKeys keys, EnrolmentRequest request) throws Exception {
        return ask(door(fleet, Runnable::run), keys, request);
    }

    private EnrolmentAnswer ask(Door door, EcKeys keys, EnrolmentRequest request) throws Exception {
        String json = WireJson.write(request, EnrolmentRequest.class);
        String answer = get(door.answer(Signed.signWithKey(Kind.ENROLMENT_REQUEST, json, keys), "10.0.0.7"));
        FleetTrust trust = new FleetTrust(ca.certificate(), CLOCK);
        return WireJson.read(
                Signed.verifyCertified(Kind.ENROLMENT_ANSWER, answer, trust, Services.SIGNER), EnrolmentAnswer.class);
    }

    private void assertFails(String jws, Class<? extends Exception> cause) {
        assertThatThrownBy(() -> get(door(fleet, Runnable::run).answer(jws, "10.0.0.7")))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(cause);
    }

    private static void assertNoSecrets(EnrolmentAnswer answer) {
        assertThat(answer.certificate()).isNull();
        assertThat(answer.busCluster()).isNull();
    }

    private Door door(FleetLoop loop, Executor crypto) {
        List<GeneralName> names = List.of(new GeneralName(GeneralName.dNSName, Services.SIGNER));
        ControllerKeys keys = new ControllerKeys(
                controllerKeys, ca.certifyController(controllerKeys.publicKey(), names, ExampleNodes.NOW));
        return new Door(loop, ca, keys, "secret-cluster", crypto, CLOCK);
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }

    private static String json(@Nullable String enrolmentKey, String nonce) {
        return WireJson.write(request(enrolmentKey, null, nonce), EnrolmentRequest.class);
    }

    private static EnrolmentRequest request(@Nullable String enrolmentKey, @Nullable String certificate, String nonce) {
        return new EnrolmentRequest(
                "serial-1", "Raspberry Pi 3", 1L << 30, "10.0.0.7", "test", enrolmentKey, certificate, nonce);
    }

    private static Minted mint() {
        try {
            return EnrolmentKeyCommands.mint(ExampleNodes.NOW, Duration.ofDays(1), 5, new SecureRandom());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
