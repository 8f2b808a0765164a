package io.swarmctl.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LocalPeersTest {
    @Test
    void aConnectionOfTheOwnUserIsKnownAndOneOfAnotherIsNot() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            assertThat(client.isConnected()).isTrue();
            assertThat(LocalPeers.ofThisProcess().isOwn(accepted)).isTrue();
            assertThat(new LocalPeers(Path.of("/proc"), 54_321).isOwn(accepted)).isFalse();
        }
    }
}
