package io.swarmctl.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** With the failures that this machine's own network gives. */
class PlainWordsTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void nobodyListens() throws Exception {
        int free;
        try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
            free = taken.getLocalPort();
        }
        assertThat(failure(new InetSocketAddress(LOOPBACK, free))).startsWith("refuses the connection");
    }

    @Test
    void nobodyAccepts() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, LOOPBACK);
                Socket first = new Socket(LOOPBACK, full.getLocalPort());
                Socket second = new Socket(LOOPBACK, full.getLocalPort())) {
            assertThat(first.isConnected() && second.isConnected()).isTrue();
            assertThat(failure(new InetSocketAddress(LOOPBACK, full.getLocalPort())))
                    .startsWith("does not answer");
        }
    }

    @Test
    void nobodyKnowsTheName() {
        assertThat(failure(InetSocketAddress.createUnresolved("no-such-controller.invalid", 8444)))
                .isEqualTo("is a name that nobody on this network knows");
    }

    private static String failure(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, 300);
            throw new AssertionError("connected to " + address);
        } catch (IOException e) {
            return PlainWords.of(e);
        }
    }
}
