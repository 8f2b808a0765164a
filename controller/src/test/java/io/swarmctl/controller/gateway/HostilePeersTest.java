package io.swarmctl.controller.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmctl.agent.link.ControllerAddress;
import io.swarmctl.agent.link.FleetTls;
import io.swarmctl.common.trust.Certificates;
import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.FleetTrust;
import io.swarmctl.common.wire.Services;
import io.swarmctl.controller.server.TestFleet;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Peers at the gateway that mean no good, or break in the middle. */
class HostilePeersTest {
    private static final Duration SOON = Duration.ofSeconds(8);
    private static final Duration IN_THE_END = Duration.ofSeconds(30);
    private static final int HALF_OPEN = 300;

    private final List<Socket> sockets = new ArrayList<>();
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
        for (Socket socket : sockets) {
            socket.close();
        }
        fleet.close();
    }

    @Test
    void garbageInPlaceOfTlsEndsTheConnection() throws Exception {
        Socket socket = plain();
        socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertShutWithin(SOON, socket);
    }

    @Test
    void whoSaysNothingIsSentAway() throws Exception {
        assertShutWithin(IN_THE_END, plain());
    }

    @Test
    void aLengthThatNoMessageHasEndsTheConnection() throws Exception {
        Socket socket = atDoor();
        socket.getOutputStream()
                .write(ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE).array());
        assertShutWithin(SOON, socket);
    }

    @Test
    void aMessageThatIsNoRequestGetsNoAnswer() throws Exception {
        Socket socket = atDoor();
        socket.getOutputStream().write(Frames.frame("no request").getBytes());
        assertShutWithin(SOON, socket);
    }

    @Test
    void halfAMessageIsNotWaitedForNeitherInSilenceNorDrippingAlong() throws Exception {
        Socket silent = atDoor();
        silent.getOutputStream().write(ByteBuffer.allocate(5).putInt(9).array());
        Socket dripping = atDoor();
        OutputStream drops = dripping.getOutputStream();
        drops.write(ByteBuffer.allocate(4).putInt(Services.MAX_MESSAGE_BYTES).array());
        dripping.setSoTimeout(500);
        await().atMost(IN_THE_END).pollInterval(Duration.ofMillis(500)).until(() -> isShutAfter(drops, dripping));
        assertShutWithin(SOON, silent);
    }

    @Test
    void manyHalfOpenConnectionsDoNotKeepANodeOut() throws Exception {
        for (int i = 0; i < HALF_OPEN; i++) {
            plain();
        }
        fleet.boot("serial-1", fleet.enrolmentKey(1));
        await().atMost(IN_THE_END).until(() -> fleet.fleet().connected().contains("serial-1"));
    }

    @Test
    void aNodeHasFewConnectionsAndTheOldestGoesFirst() throws Exception {
        fleet.boot("serial-1", fleet.enrolmentKey(1));
        await().atMost(IN_THE_END).until(() -> fleet.fleet().connected().contains("serial-1"));
        fleet.halt("serial-1");
        await().atMost(IN_THE_END).until(() -> fleet.fleet().connected().isEmpty());

        Socket first = onBus();
        for (int i = 0; i < 4; i++) {
            onBus();
        }
        assertShutWithin(SOON, first);
        assertThat(fleet.fleet().connected()).containsExactly("serial-1");
    }

    @Test
    void aNodeThatHangsUpAtOnceIsNotCountedAsConnected() throws Exception {
        fleet.boot("serial-1", fleet.enrolmentKey(1));
        await().atMost(IN_THE_END).until(() -> fleet.fleet().connected().contains("serial-1"));
        fleet.halt("serial-1");
        for (int i = 0; i < 50; i++) {
            onBus().close();
        }
        await().atMost(IN_THE_END)
                .during(Duration.ofSeconds(1))
                .until(() -> fleet.fleet().connected().isEmpty());
    }

    private Socket plain() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
        sockets.add(socket);
        return socket;
    }

    private Socket atDoor() throws IOException {
        Socket socket = tls.connect(gateway, Services.ENROL);
        sockets.add(socket);
        return socket;
    }

    private Socket onBus() throws Exception {
        Path state = fleet.card("serial-1").resolve("state");
        List<String> lines = Files.readAllLines(state.resolve("node.key"));
        Base64.Decoder base64 = Base64.getDecoder();
        EcKeys keys = EcKeys.decode(base64.decode(lines.get(0)), base64.decode(lines.get(1)));
        X509Certificate certificate = Certificates.fromPem(Files.readString(state.resolve("node.crt")));
        Socket socket = tls.connect(gateway, Services.BUS, keys.privateKey(), certificate);
        sockets.add(socket);
        return socket;
    }

    private static boolean isShutAfter(OutputStream drops, Socket socket) {
        try {
            drops.write(0);
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Whatever is sent before, such as an alert. */
    private static void assertShutWithin(Duration time, Socket socket) throws IOException {
        socket.setSoTimeout((int) time.toMillis());
        try {
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            assertThat(e).isNotInstanceOf(SocketTimeoutException.class);
        }
    }
}
