package io.swarmctl.controller.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.swarmctl.agent.link.ControllerAddress;
import io.swarmctl.agent.link.FleetTls;
import io.swarmctl.common.trust.Certificates;
import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.FleetTrust;
import io.swarmctl.common.wire.Services;
import io.swarmctl.controller.enrol.FleetCa;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.NodeCommands;
import io.swarmctl.controller.fleet.Transition;
import io.swarmctl.controller.server.TestFleet;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayDoorTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String SERIAL = "serial-1";

    private TestFleet fleet;
    private FleetTls tls;
    private ControllerAddress gateway;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        fleet = new TestFleet(directory);
        tls = new FleetTls(new FleetTrust(fleet.controller().ca(), InstantSource.system()));
        gateway = new ControllerAddress("127.0.0.1", fleet.controller().gatewayPort());
    }

    @AfterEach
    void stop() throws Exception {
        fleet.close();
    }

    @Test
    void withoutCertificateTheBusIsClosed() throws Exception {
        try (Socket socket = tls.connect(gateway, Services.BUS)) {
            assertIsShut(socket);
        }
    }

    @Test
    void aCertificateOfAnotherCaDoesNotOpenTheBus() {
        FleetCa other = FleetCa.create("other", Instant.now());
        EcKeys keys = EcKeys.generate();
        X509Certificate certificate = other.certifyNode(SERIAL, keys.publicKey(), Instant.now());
        assertThatThrownBy(() -> {
                    try (Socket socket = tls.connect(gateway, Services.BUS, keys.privateKey(), certificate)) {
                        assertIsShut(socket);
                        throw new IOException("shut");
                    }
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    void anEnrolledNodesCertificateOpensTheBusAndNoLongerOnceRevoked() throws Exception {
        fleet.boot(SERIAL, fleet.enrolmentKey(1));
        await().atMost(SOON).until(() -> fleet.fleet().connected().contains(SERIAL));
        EcKeys keys = keysOnCard();
        X509Certificate certificate =
                Certificates.fromPem(Files.readString(fleet.card(SERIAL).resolve("state/node.crt")));
        try (Socket socket = tls.connect(gateway, Services.BUS, keys.privateKey(), certificate)) {
            socket.setSoTimeout(500);
            assertThatThrownBy(() -> socket.getInputStream().read()).hasMessageContaining("timed out");
        }

        fleet.change(current -> NodeCommands.revoke(current, fleet.node(SERIAL).name()));

        await().atMost(Duration.ofSeconds(1))
                .until(() -> fleet.fleet().connected().isEmpty());
        try (Socket socket = tls.connect(gateway, Services.BUS, keys.privateKey(), certificate)) {
            assertIsShut(socket);
        }
    }

    @Test
    void aReplacedCardsConnectionEndsWithinASecondAndItsCertificateOpensNothing() throws Exception {
        fleet.boot(SERIAL, fleet.enrolmentKey(1));
        await().atMost(SOON).until(() -> fleet.fleet().connected().contains(SERIAL));
        EcKeys keys = keysOnCard();
        X509Certificate certificate =
                Certificates.fromPem(Files.readString(fleet.card(SERIAL).resolve("state/node.crt")));
        FleetNode.Candidate newCard =
                new FleetNode.Candidate(EcKeys.generate().publicJwk(), "it asked", "10.0.0.9", Instant.now(), true);
        fleet.change(
                current -> Transition.silent(current.with(fleet.node(SERIAL).withCandidate(newCard))));

        fleet.change(current -> NodeCommands.approve(current, SERIAL));

        await().atMost(Duration.ofSeconds(1))
                .until(() -> fleet.fleet().connected().isEmpty());
        try (Socket socket = tls.connect(gateway, Services.BUS, keys.privateKey(), certificate)) {
            assertIsShut(socket);
        }
    }

    @Test
    void whoAsksForNoServiceIsSentAway() throws Exception {
        try (Socket socket = new FleetTls(new FleetTrust(fleet.controller().ca(), InstantSource.system()))
                .connect(gateway, "packages.swarmctl.internal")) {
            assertIsShut(socket);
        }
    }

    @Test
    void theMemberCannotBeReachedFromAnotherAddress() throws Exception {
        int memberPort = fleet.controller().memberPort();
        List<InetAddress> others = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .toList();
        for (InetAddress address : others) {
            assertThatThrownBy(() -> {
                        try (Socket socket = new Socket()) {
                            socket.connect(new InetSocketAddress(address, memberPort), 1_000);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        try (Socket loopback = new Socket(InetAddress.getLoopbackAddress(), memberPort)) {
            assertThat(loopback.isConnected()).isTrue();
        }
    }

    private EcKeys keysOnCard() throws Exception {
        List<String> lines = Files.readAllLines(fleet.card(SERIAL).resolve("state/node.key"));
        Base64.Decoder base64 = Base64.getDecoder();
        return EcKeys.decode(base64.decode(lines.get(0)), base64.decode(lines.get(1)));
    }

    /** With TLS 1.3 the client's handshake is over before the server has looked at its certificate. */
    private static void assertIsShut(Socket socket) {
        try {
            socket.setSoTimeout((int) SOON.toMillis());
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        } catch (IOException e) {
            assertThat(e).isNotInstanceOf(SocketTimeoutException.class);
        }
    }
}
