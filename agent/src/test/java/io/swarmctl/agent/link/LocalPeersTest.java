package io.swarmctl.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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

    @Test
    void manyWhoAskAtOnceAreAllAnswered() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(50);
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            List<Callable<Boolean>> questions =
                    Collections.nCopies(500, () -> isOwnConnection(server.getLocalPort(), server));
            for (Future<Boolean> answer : threads.invokeAll(questions, 60, TimeUnit.SECONDS)) {
                assertThat(answer.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean isOwnConnection(int port, ServerSocket server) throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
                Socket accepted = server.accept()) {
            return client.isConnected() && LocalPeers.ofThisProcess().isOwn(accepted);
        }
    }
}
