package io.swarmctl.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.swarmctl.agent.machine.PackageRoute;
import io.swarmctl.agent.retry.Backoff;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The agent's side of its turn, with a controller that says what it is told to. */
@Timeout(60)
class PackagePortTest {
    private static final String BEHIND_TWO = "HTTP/1.1 102 Processing\r\nSwarmctl-Ahead: 2\r\n\r\n";
    private static final String BEHIND_ONE = "HTTP/1.1 102 Processing\r\nSwarmctl-Ahead: 1\r\n\r\n";
    private static final String COME = "HTTP/1.1 200 OK\r\nContent-Length: 23\r\n\r\ndebian.org\nraspbian.org";
    private static final String OFF = "HTTP/1.1 410 off by the fleet's policy\r\nContent-Length: 0\r\n\r\n";
    private static final String FULL = "HTTP/1.1 503 too many nodes wait\r\nContent-Length: 0\r\n\r\n";

    private final ServerSocket server;
    private final List<Socket> accepted = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final AtomicBoolean isAway = new AtomicBoolean();

    PackagePortTest() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        for (Socket one : accepted) {
            one.close();
        }
    }

    @Test
    void theTurnsConnectionStaysOpenUntilTheRouteIsClosed() throws Exception {
        answer(COME);
        PackageRoute.Opened route = port().open(said::add);
        assertThat(route.hosts()).containsExactly("debian.org", "raspbian.org");
        assertThat(asked).containsExactly("GET / HTTP/1.1");
        assertThat(said).isEmpty();
        // The gateway takes who says nothing for gone.
        await().atMost(Duration.ofSeconds(20)).until(() -> asked.contains("HEAD / HTTP/1.1"));
        route.close();
        await().until(() -> asked.contains("hung up"));
    }

    @Test
    void itWaitsAndTellsBehindHowManyAndNotEachNumber() throws Exception {
        answer(BEHIND_TWO + BEHIND_TWO + BEHIND_ONE + COME);
        port().open(said::add).close();
        assertThat(said)
                .containsExactly(
                        "waiting for this node's turn to fetch packages from the controller: 2 nodes are ahead");
    }

    @Test
    void whoStoodInLineAsksAgainWhenTheControllerIsGone() throws Exception {
        answer(BEHIND_TWO, "", "", BEHIND_ONE, COME);
        port().open(said::add).close();
        assertThat(asked.stream().filter("GET / HTTP/1.1"::equals)).hasSize(5);
    }

    @Test
    void itDoesNotAskForEver() throws Exception {
        answer(BEHIND_TWO, "", "", "");
        assertThatThrownBy(() -> port().open(said::add))
                .isInstanceOf(PackageRoute.Unusable.class)
                .hasMessageContaining("it hangs up");
        assertThat(accepted).hasSize(4);
    }

    @Test
    void whoNeverStoodInLineGoesDirectlyAtOnce() throws Exception {
        answer("");
        assertThatThrownBy(() -> port().open(said::add))
                .isInstanceOf(PackageRoute.Unusable.class)
                .hasMessageContaining("the controller may be older than the agent");
        assertThat(accepted).hasSize(1);
    }

    @Test
    void whoHadItsTurnAsksAgainWhenTheControllerWentAwayMeanwhile() throws Exception {
        answer(COME, "", COME);
        PackagePort port = port();
        PackageRoute.Opened route = port.open(said::add);
        assertThat(route.isLost()).isFalse();
        isAway.set(true);
        assertThat(answerTo(route)).isEmpty();
        assertThat(route.isLost()).isTrue();
        route.close();

        isAway.set(false);
        port.open(said::add).close();
        assertThat(accepted).hasSize(3);
    }

    @Test
    void aFullLineIsAskedAgain() throws Exception {
        answer(FULL, COME);
        port().open(said::add).close();
        assertThat(accepted).hasSize(2);
    }

    @Test
    void aCacheThatIsOffIsNotWaitedFor() throws Exception {
        answer(BEHIND_ONE + OFF);
        assertThatThrownBy(() -> port().open(said::add))
                .isInstanceOf(PackageRoute.Unusable.class)
                .hasMessageContaining("off by the fleet's policy");
    }

    @Test
    void anAgentThatIsStoppedDoesNotWait() throws Exception {
        answer(BEHIND_ONE);
        Duration longPause = Duration.ofMinutes(10);
        AtomicReference<Exception> ended = new AtomicReference<>();
        Thread agent = new Thread(() -> {
            try {
                port(new Backoff(longPause, longPause, new Random(1))).open(said::add);
            } catch (PackageRoute.Unusable | InterruptedException | IOException e) {
                ended.set(e);
            }
        });
        agent.start();
        await().until(() -> agent.getState() == Thread.State.TIMED_WAITING);
        agent.interrupt();
        agent.join(10_000);
        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    }

    /** What apt gets there. */
    private static byte[] answerTo(PackageRoute.Opened route) throws IOException {
        try (Socket apt = new Socket(InetAddress.getLoopbackAddress(), route.port())) {
            return apt.getInputStream().readAllBytes();
        }
    }

    private PackagePort port() throws IOException {
        return port(new Backoff(Duration.ofMillis(2), Duration.ofMillis(2), new Random(1)));
    }

    private PackagePort port(Backoff pauses) throws IOException {
        return new PackagePort(this::dial, LocalPeers.ofThisProcess(), Set.of(), () -> pauses);
    }

    private Socket dial() throws IOException {
        if (isAway.get()) {
            throw new ConnectException("connection refused");
        }
        return new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
    }

    /** One connection after the other is answered so, to its first question; all but the last are ended then. */
    private void answer(String... answers) {
        Thread controller = new Thread(() -> {
            for (String answer : answers) {
                try {
                    Socket socket = server.accept();
                    accepted.add(socket);
                    converse(socket, answer, answer.contains(" 200 "));
                } catch (IOException e) {
                    asked.add("hung up");
                }
            }
        });
        controller.setDaemon(true);
        controller.start();
    }

    private void converse(Socket socket, String answer, boolean stays) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        List<String> head = new ArrayList<>();
        String line = in.readLine();
        while (line != null) {
            head.add(line);
            if (line.isEmpty()) {
                asked.add(head.get(0));
                String words = head.get(0).startsWith("HEAD") ? "HTTP/1.1 200 OK\r\n\r\n" : answer;
                socket.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
                head.clear();
                if (!stays) {
                    socket.close();
                    return;
                }
            }
            line = in.readLine();
        }
        asked.add("hung up");
    }
}
