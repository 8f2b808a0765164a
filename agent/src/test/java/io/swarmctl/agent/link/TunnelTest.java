package io.swarmctl.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the gateway receives the node, seen through the tunnel. */
class TunnelTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Reception reception = new Reception(() -> {});
    private ServerSocket gateway;
    private Tunnel tunnel;

    @BeforeEach
    void open() throws IOException {
        gateway = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        tunnel = new Tunnel(
                () -> new Socket(InetAddress.getLoopbackAddress(), gateway.getLocalPort()),
                LocalPeers.ofThisProcess(),
                reception);
        tunnel.start();
    }

    @AfterEach
    void close() throws IOException {
        tunnel.close();
        gateway.close();
    }

    @Test
    void aGatewayThatHangsUpWithoutAWordHasTurnedTheNodeAway() throws IOException {
        for (int times = 1; times <= 3; times++) {
            try (Socket client = client()) {
                client.getOutputStream().write(1);
                gateway.accept().close();
                int expected = times;
                await().atMost(SOON).until(() -> reception.turnedAwayInARow() == expected);
            }
        }
    }

    @Test
    void oneThatSpeaksHasNotAndItBeginsAnew() throws IOException {
        reception.turnedAway();
        try (Socket client = client();
                Socket accepted = gateway.accept()) {
            accepted.getOutputStream().write(7);
            assertThat(client.getInputStream().read()).isEqualTo(7);
            assertThat(reception.turnedAwayInARow()).isZero();
        }
    }

    @Test
    void whoHangsUpHimselfWasNotTurnedAway() throws IOException {
        Socket client = client();
        client.getOutputStream().write(1);
        try (Socket accepted = gateway.accept()) {
            assertThat(accepted.getInputStream().read()).isEqualTo(1);
            client.close();
            assertThat(hasEnded(accepted)).isTrue();
        }
        await().atMost(SOON).during(Duration.ofMillis(300)).until(() -> reception.turnedAwayInARow() == 0);
    }

    @Test
    void whatWasOpenedForACallThatWasGivenUpIsForTheNextOne() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        AtomicInteger opened = new AtomicInteger();
        Tunnel.Uplink uplink = () -> {
            opened.incrementAndGet();
            await().atMost(SOON).until(() -> slow.getCount() == 0);
            return new Socket(InetAddress.getLoopbackAddress(), gateway.getLocalPort());
        };
        try (Tunnel patient = new Tunnel(uplink, LocalPeers.ofThisProcess(), reception)) {
            patient.start();
            try (Socket first = new Socket(InetAddress.getLoopbackAddress(), patient.port())) {
                first.getOutputStream().write(1);
                await().atMost(SOON).until(() -> opened.get() == 1);
            }
            try (Socket second = new Socket(InetAddress.getLoopbackAddress(), patient.port())) {
                second.getOutputStream().write(2);
                slow.countDown();
                assertThat(gateway.accept().getInputStream().read()).isEqualTo(2);
                assertThat(opened).hasValue(1);
            }
        }
    }

    /** The tunnel resets what it ends. */
    private static boolean hasEnded(Socket accepted) {
        try {
            return accepted.getInputStream().read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    private Socket client() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), tunnel.port());
    }
}
