package io.swarmctl.controller.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmctl.agent.link.ControllerAddress;
import io.swarmctl.agent.link.FleetTls;
import io.swarmctl.agent.link.LinkMeter;
import io.swarmctl.common.trust.FleetTrust;
import io.swarmctl.common.wire.Benchmark.Measured;
import io.swarmctl.common.wire.LinkTrial;
import io.swarmctl.common.wire.Services;
import io.swarmctl.controller.fleet.NodeCommands;
import io.swarmctl.controller.server.TestFleet;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes measure their way to the controller, and nobody can make more of it than that. */
class LinkGateTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final long MOST_BYTES = (long) LinkTrial.MOST_BLOCKS * LinkTrial.BLOCK;

    private TestFleet fleet;
    private String key;
    private StolenCard card;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        fleet = new TestFleet(directory);
        key = fleet.enrolmentKey(3);
        card = StolenCard.of(fleet, "serial-1", key);
    }

    @AfterEach
    void stop() throws Exception {
        card.close();
        fleet.close();
    }

    private Socket link() throws IOException {
        return link(card);
    }

    private static Socket link(StolenCard card) throws IOException {
        Socket socket = card.connect(Services.LINK);
        socket.setSoTimeout((int) SOON.toMillis());
        return socket;
    }

    private static Socket atItsTurn(StolenCard card) throws IOException {
        Socket socket = link(card);
        assertThat(socket.getInputStream().read()).isEqualTo(LinkTrial.GO);
        return socket;
    }

    private static void assertEnded(Socket socket) {
        try {
            assertThat(socket.getInputStream().readAllBytes().length).isLessThan(LinkTrial.BLOCK);
        } catch (IOException e) {
            assertThat(e).isNotInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aNodeMeasuresItsWayHere() throws Exception {
        Measured measured = new LinkMeter(this::link).measure();

        assertThat(measured.missing()).isEmpty();
        assertThat(measured.values()).containsOnlyKeys("link-round-trip", "link-down", "link-up");
        assertThat(measured.values().values()).allMatch(value -> value > 0);
        assertThat(fleet.controller().gatewayCounters().violations()).isZero();
    }

    @Test
    void withoutCertificateItIsClosed() throws Exception {
        FleetTls tls = new FleetTls(new FleetTrust(fleet.controller().ca(), InstantSource.system()));
        ControllerAddress gateway =
                new ControllerAddress("127.0.0.1", fleet.controller().gatewayPort());
        try (Socket socket = tls.connect(gateway, Services.LINK)) {
            socket.setSoTimeout((int) SOON.toMillis());
            assertEnded(socket);
        }
    }

    @Test
    void aRevokedNodeIsCutOffAndComesInNoMore() throws Exception {
        Socket socket = atItsTurn(card);

        fleet.change(current -> NodeCommands.revoke(current, "pi-001"));

        assertEnded(socket);
        assertEnded(link());
    }

    @Test
    void twoNodesAreAtItAndTheThirdWaitsItsTurn() throws Exception {
        try (StolenCard second = StolenCard.of(fleet, "serial-2", key);
                StolenCard third = StolenCard.of(fleet, "serial-3", key)) {
            Socket first = atItsTurn(card);
            atItsTurn(second);
            Socket waiting = link(third);
            assertThat(waiting.getInputStream().read()).isEqualTo(LinkTrial.WAIT);

            first.close();

            await().atMost(SOON).until(() -> waiting.getInputStream().read() == LinkTrial.GO);
        }
    }

    @Test
    void aNodeHasFourConnectionsAndNoFifth() throws Exception {
        for (int i = 0; i < LinkTrial.STREAMS; i++) {
            atItsTurn(card);
        }
        Socket fifth = link();
        assertThat(fifth.getInputStream().read()).isEqualTo(LinkTrial.FULL);
        assertEnded(fifth);
    }

    @Test
    void theControllerSendsNoMoreThanItsBound() throws Exception {
        Socket socket = atItsTurn(card);
        socket.getOutputStream().write(LinkTrial.DOWN);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] block = new byte[LinkTrial.BLOCK];
        long bytes = 0;
        do {
            in.readFully(block);
            bytes += block.length;
        } while (block[0] == LinkTrial.ANOTHER_BLOCK);

        assertThat(bytes).isLessThanOrEqualTo(MOST_BYTES);
        socket.getOutputStream().write(LinkTrial.DOWN);
        assertEnded(socket);
    }

    @Test
    void whatNoAgentSendsEndsTheConnectionAndStandsInTheTimeline() throws Exception {
        byte[] badBlock = new byte[LinkTrial.BLOCK];
        badBlock[0] = 7;
        for (byte[] bytes : new byte[][] {{'?'}, {LinkTrial.UP, 7}, badBlock}) {
            Socket socket = atItsTurn(card);
            socket.getOutputStream().write(bytes);
            assertEnded(socket);
        }
        await().atMost(SOON)
                .until(() -> fleet.events().stream()
                        .anyMatch(event -> event.actor().equals("gateway")
                                && event.text().contains("sent what no agent sends to measure its link: the byte 63")));
        assertThat(fleet.controller().gatewayCounters().violations()).isEqualTo(3);
    }

    @Test
    void whoSendsMoreThanItMayIsEnded() throws Exception {
        Socket socket = atItsTurn(card);
        byte[] block = new byte[LinkTrial.BLOCK];
        block[0] = LinkTrial.ANOTHER_BLOCK;
        socket.getOutputStream().write(LinkTrial.UP);
        try {
            for (int i = 0; i <= LinkTrial.MOST_BLOCKS; i++) {
                socket.getOutputStream().write(block);
            }
        } catch (IOException e) {
            assertThat(e).isNotInstanceOf(SocketTimeoutException.class);
        }
        assertEnded(socket);
    }

    @Test
    void whoComesAgainAndAgainIsSentAway() throws Exception {
        await().atMost(SOON).until(() -> {
            try (Socket socket = link()) {
                return socket.getInputStream().read() < 0;
            } catch (IOException e) {
                return true;
            }
        });
        assertThat(fleet.controller().gatewayCounters().refusedConnections()).isPositive();
    }
}
