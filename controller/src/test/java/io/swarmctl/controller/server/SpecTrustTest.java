package io.swarmctl.controller.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.agent.link.SpecInbox;
import io.swarmctl.agent.link.StateDirectory;
import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.FleetTrust;
import io.swarmctl.common.trust.Kind;
import io.swarmctl.common.trust.TrustException;
import io.swarmctl.common.wire.DockerSource;
import io.swarmctl.common.wire.DockerSpec;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.Services;
import io.swarmctl.common.wire.SwarmOrigin;
import io.swarmctl.common.wire.SwarmSpec;
import io.swarmctl.common.wire.SwarmTarget;
import io.swarmctl.common.wire.Upgrade;
import io.swarmctl.common.wire.WireJson;
import io.swarmctl.controller.enrol.ControllerKeys;
import io.swarmctl.controller.enrol.FleetCa;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecTrustTest {
    private static final String NODE = "serial-1";
    private static final String SEAL_TO = EcKeys.generate().publicJwk();

    private final FleetCa ca = FleetCa.create("test", Instant.now());
    private final ControllerKeys controller = signer(ca, Services.SIGNER);

    @TempDir
    private Path directory;

    private StateDirectory state;
    private SpecInbox inbox;

    @BeforeEach
    void open() throws Exception {
        state = new StateDirectory(directory);
        inbox = inbox();
    }

    @Test
    void takesWhatTheControllerSignedForThisNode() throws Exception {
        inbox.offer(signed(controller, NODE, 1, 1));
        assertThat(inbox.current())
                .hasValueSatisfying(spec -> assertThat(spec.generation()).isEqualTo(1));
    }

    @Test
    void refusesATamperedSpec() {
        String jws = signed(controller, NODE, 1, 1);
        String[] parts = jws.split("\\.");
        String other = signed(controller, NODE, 1, 9).split("\\.")[1];
        assertRefused(parts[0] + "." + other + "." + parts[2]);
    }

    @Test
    void refusesAnotherNodesSpec() {
        assertRefused(signed(controller, "serial-2", 1, 1));
    }

    @Test
    void refusesWhatANodeOrAnotherFleetSigned() {
        assertRefused(signed(signer(ca, "serial-2.nodes"), NODE, 1, 1));
        assertRefused(signed(signer(FleetCa.create("other", Instant.now()), Services.SIGNER), NODE, 1, 1));
    }

    @Test
    void refusesASignedTextOfAnotherKind() {
        assertRefused(controller.sign(Kind.ENROLMENT_ANSWER, json(NODE, 1, 1)));
    }

    @Test
    void refusesAnOlderPairAlsoAfterARestart() throws Exception {
        inbox.offer(signed(controller, NODE, 2, 5));
        assertRefused(signed(controller, NODE, 2, 4));
        assertRefused(signed(controller, NODE, 1, 6));
        inbox = inbox();
        assertRefused(signed(controller, NODE, 2, 4));
        assertThat(inbox.current())
                .hasValueSatisfying(spec -> assertThat(spec.generation()).isEqualTo(5));
    }

    @Test
    void aLaterEpochBeginsItsGenerationsAnew() throws Exception {
        inbox.offer(signed(controller, NODE, 1, 9));
        inbox.offer(signed(controller, NODE, 2, 1));
        assertThat(inbox.current().orElseThrow().epoch()).isEqualTo(2);
    }

    @Test
    void theSameSpecAgainIsNoMistake() throws Exception {
        inbox.offer(signed(controller, NODE, 1, 1));
        assertThatCode(() -> inbox.offer(signed(controller, NODE, 1, 1))).doesNotThrowAnyException();
    }

    @Test
    void whileTheControllerOffersAnOlderSpecTheOneThatIsFollowedIsShown() throws Exception {
        String followed = signed(controller, NODE, 1, 9);
        inbox.offer(followed);
        inbox.awaitNews(Duration.ZERO);
        assertThat(inbox.newerThanOffered()).isEmpty();

        assertRefused(signed(controller, NODE, 1, 7));
        assertThat(inbox.newerThanOffered()).contains(followed);
        assertThat(inbox.awaitNews(Duration.ZERO)).as("that is news").isTrue();
        assertRefused(signed(controller, NODE, 1, 7));
        assertThat(inbox.awaitNews(Duration.ZERO)).as("once").isFalse();

        inbox.offer(signed(controller, NODE, 2, 1));
        assertThat(inbox.newerThanOffered()).isEmpty();
    }

    @Test
    void anotherSpecUnderTheSameNumberIsRefusedAndShown() throws Exception {
        String followed = signed(controller, NODE, 1, 7);
        inbox.offer(followed);
        assertRefused(controller.sign(Kind.SPEC, json(NODE, 1, 7).replace("pi-001", "pi-002")));
        assertThat(inbox.newerThanOffered()).contains(followed);
    }

    @Test
    void whatIsRefusedForItsSignatureIsNoReasonToShowAnything() throws Exception {
        inbox.offer(signed(controller, NODE, 1, 7));
        assertRefused(signed(signer(ca, "serial-2.nodes"), NODE, 1, 1));
        assertRefused(signed(controller, "serial-2", 1, 1));
        assertThat(inbox.newerThanOffered()).isEmpty();
    }

    @Test
    void aDamagedSpecOnDiskIsIgnoredAndAnOlderOneIsNotTakenInItsPlace() throws Exception {
        inbox.offer(signed(controller, NODE, 1, 7));
        for (byte[] damage : List.of(new byte[0], new byte[] {(byte) 0xff, 0, 1}, new byte[4096])) {
            Files.write(directory.resolve("spec.jws"), damage);
            inbox = inbox();
            assertThat(inbox.current()).isEmpty();
            assertRefused(signed(controller, NODE, 1, 6));
        }
        inbox.offer(signed(controller, NODE, 1, 7));
        assertThat(inbox.current()).isPresent();
    }

    /** It is written after the spec, and the card is not waited for. */
    @Test
    void aNumberThatWasLostWithThePowerIsThatOfTheSpec() throws Exception {
        inbox.offer(signed(controller, NODE, 1, 7));
        Files.write(directory.resolve("spec.number"), new byte[0]);

        inbox = inbox();

        assertThat(inbox.current()).isPresent();
        assertRefused(signed(controller, NODE, 1, 6));
    }

    @Test
    void anOlderFileIsNotTakenForTheNewerOneThatWasThere() throws Exception {
        inbox.offer(signed(controller, NODE, 1, 6));
        byte[] older = Files.readAllBytes(directory.resolve("spec.jws"));
        inbox.offer(signed(controller, NODE, 1, 7));
        Files.write(directory.resolve("spec.jws"), older);
        assertThat(inbox().current()).isEmpty();
    }

    private void assertRefused(String jws) {
        assertThatThrownBy(() -> inbox.offer(jws)).isInstanceOf(TrustException.class);
    }

    private SpecInbox inbox() throws Exception {
        return new SpecInbox(NODE, new FleetTrust(ca.certificate(), InstantSource.system()), state);
    }

    private static ControllerKeys signer(FleetCa ca, String name) {
        EcKeys keys = EcKeys.generate();
        return new ControllerKeys(
                keys,
                ca.certifyController(
                        keys.publicKey(), List.of(new GeneralName(GeneralName.dNSName, name)), Instant.now()));
    }

    private static String signed(ControllerKeys keys, String nodeId, long epoch, long generation) {
        return keys.sign(Kind.SPEC, json(nodeId, epoch, generation));
    }

    private static String json(String nodeId, long epoch, long generation) {
        NodeSpec spec = new NodeSpec(
                nodeId,
                epoch,
                generation,
                "pi-001",
                null,
                null,
                List.of(),
                false,
                Upgrade.NONE,
                new DockerSpec(DockerSource.DEBIAN, ""),
                new SwarmSpec("test", List.of(), SwarmOrigin.NONE, null, new SwarmTarget.Outside()),
                SEAL_TO);
        return WireJson.write(spec, NodeSpec.class);
    }
}
