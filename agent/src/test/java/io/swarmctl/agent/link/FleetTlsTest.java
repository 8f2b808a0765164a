package io.swarmctl.agent.link;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.common.trust.FleetTrust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FleetTlsTest {
    private final FleetTls tls = new FleetTls(FleetTrust.by(RenewalTest.YEAR_2026, Optional::empty));

    /** A gateway gives up on a board that takes too long over its first handshake. */
    @Test
    void whoHangsUpInTheHandshakeIsNotTakenForAnotherFleet() throws Exception {
        try (ServerSocket gateway = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread hangingUp = new Thread(() -> readAndHangUp(gateway), "gateway");
            hangingUp.start();

            ControllerAddress address = ControllerAddress.parse("127.0.0.1:" + gateway.getLocalPort());
            assertThatThrownBy(() -> tls.connect(address, "enrol.swarmctl.internal"))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("hangs up in the handshake")
                    .hasMessageNotContaining("another fleet");

            hangingUp.join();
        }
    }

    private static void readAndHangUp(ServerSocket gateway) {
        try (Socket client = gateway.accept()) {
            int unused = client.getInputStream().read(new byte[4096]);
            client.shutdownOutput();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
