package io.swarmctl.controller.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmctl.common.trust.Certificates;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.FleetNode.Status;
import io.swarmctl.controller.fleet.NodeCommands;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cards that are flashed anew, stolen, forgotten or long off, with real agents at a real door. */
class CardsTest {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final String SERIAL = "serial-1";

    private TestFleet fleet;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        fleet = new TestFleet(directory);
    }

    @AfterEach
    void stop() throws Exception {
        fleet.close();
    }

    @Test
    void anotherCardWaitsBesideAConnectedNodeUntilAPersonPutsItInItsPlace() throws Exception {
        String key = fleet.enrolmentKey(5);
        fleet.boot("old", SERIAL, key);
        await().atMost(SOON).until(() -> isConnectedAndHeard());
        String oldKey = fleet.node(SERIAL).publicJwk();

        fleet.boot("new", SERIAL, key);
        await().atMost(SOON).until(() -> fleet.node(SERIAL).candidate() != null);
        assertThat(fleet.node(SERIAL).publicJwk()).isEqualTo(oldKey);
        assertThat(fleet.fleet().connected()).contains(SERIAL);
        assertThat(fleet.card("new").resolve("state/node.crt")).doesNotExist();

        fleet.change(current -> NodeCommands.approve(current, SERIAL));

        await().atMost(AT_ONCE).until(() -> fleet.fleet().connected().isEmpty());
        await().atMost(SOON).until(() -> isConnectedAndHeard());
        assertThat(fleet.node(SERIAL).publicJwk()).isNotEqualTo(oldKey);
        assertThat(fleet.card("new").resolve("state/node.crt")).exists();
        assertThat(fleet.node(SERIAL).candidate())
                .as("the old card does not ask")
                .isNull();
    }

    @Test
    void aRefusedCardIsForgottenAndTheNodeStaysAsItIs() throws Exception {
        String key = fleet.enrolmentKey(5);
        fleet.boot("old", SERIAL, key);
        await().atMost(SOON).until(() -> isConnectedAndHeard());
        fleet.boot("new", SERIAL, key);
        await().atMost(SOON).until(() -> fleet.node(SERIAL).candidate() != null);

        fleet.change(current -> NodeCommands.refuse(current, SERIAL));

        await().atMost(SOON)
                .during(Duration.ofSeconds(8))
                .until(() -> fleet.node(SERIAL).candidate() == null
                        && fleet.fleet().connected().contains(SERIAL));
    }

    @Test
    void aForgottenNodeComesBackByItselfAndWaitsForAPerson() throws Exception {
        fleet.boot(SERIAL, fleet.enrolmentKey(1));
        await().atMost(SOON).until(() -> isConnectedAndHeard());

        fleet.change(current -> NodeCommands.remove(current, SERIAL, true));
        await().atMost(SOON).until(() -> fleet.fleet().node(SERIAL).isPresent());
        assertThat(fleet.node(SERIAL).status()).isEqualTo(Status.PENDING);
        assertThat(fleet.node(SERIAL).standing().reason()).contains("restored from an older backup?");

        fleet.change(current -> NodeCommands.approve(current, SERIAL));
        await().atMost(Duration.ofSeconds(60)).until(() -> isConnectedAndHeard() && followsItsSpec());
    }

    @Test
    void aNodeThatWasOffUntilItsCertificateExpiredIsBackWithoutAKey() throws Exception {
        fleet.stopController();
        Duration years = Duration.ofDays(2 * 365);
        fleet.startController(() -> Instant.now().minus(years));
        fleet.boot(SERIAL, fleet.enrolmentKey(1));
        await().atMost(SOON).until(() -> Files.exists(certificateFile()) && !Files.exists(keyFile()));
        assertThat(certificate().getNotAfter().toInstant()).isBefore(Instant.now());
        fleet.stopController();

        fleet.startController();

        await().atMost(SOON).until(() -> fleet.fleet().connected().contains(SERIAL));
        assertThat(certificate().getNotAfter().toInstant()).isAfter(Instant.now());
    }

    @Test
    void aRevokedNodeGetsNoCertificateAnyMore() throws Exception {
        fleet.boot(SERIAL, fleet.enrolmentKey(1));
        await().atMost(SOON).until(() -> isConnectedAndHeard());
        fleet.change(current -> NodeCommands.revoke(current, SERIAL));
        await().atMost(AT_ONCE).until(() -> fleet.fleet().connected().isEmpty());

        fleet.halt(SERIAL);
        Files.delete(certificateFile());
        fleet.boot(SERIAL, "");

        await().atMost(SOON)
                .during(Duration.ofSeconds(5))
                .until(() -> fleet.fleet().connected().isEmpty() && !Files.exists(certificateFile()));
    }

    @Test
    void anEnrolmentKeyThatACrashHasLeftIsWipedAtTheNextStart() throws Exception {
        String key = fleet.enrolmentKey(5);
        fleet.boot(SERIAL, key);
        await().atMost(SOON).until(() -> isConnectedAndHeard());
        fleet.halt(SERIAL);
        Files.writeString(keyFile(), key);

        fleet.boot(SERIAL, key);

        await().atMost(SOON).until(() -> !Files.exists(keyFile()));
    }

    private boolean isConnectedAndHeard() {
        return fleet.fleet().connected().contains(SERIAL)
                && fleet.fleet()
                        .node(SERIAL)
                        .filter(node -> node.report() != null)
                        .isPresent();
    }

    private boolean followsItsSpec() {
        FleetNode node = fleet.node(SERIAL);
        return node.spec() != null && node.report().generation() == node.spec().generation();
    }

    private Path certificateFile() {
        return fleet.card(SERIAL).resolve("state/node.crt");
    }

    private Path keyFile() {
        return fleet.card(SERIAL).resolve("enrolment.key");
    }

    private X509Certificate certificate() throws Exception {
        return Certificates.fromPem(Files.readString(certificateFile()));
    }
}
