package io.swarmctl.controller.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmctl.agent.link.LocalPeers;
import io.swarmctl.agent.link.PackagePort;
import io.swarmctl.agent.machine.PackageRoute;
import io.swarmctl.common.wire.Services;
import io.swarmctl.controller.server.TestFleet;
import java.io.Closeable;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A fleet in which one node at a time fetches packages. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PackageTurnsTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    /** The gateway takes who is silent for 15 s for gone. */
    private static final Duration GONE = Duration.ofSeconds(40);

    private final List<StolenCard> cards = new ArrayList<>();
    private TestFleet fleet;
    private Node first;
    private Node second;
    private Node third;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        fleet = new TestFleet(directory, List.of(), 1);
        String key = fleet.enrolmentKey(3);
        for (String serial : List.of("serial-1", "serial-2", "serial-3")) {
            cards.add(StolenCard.of(fleet, serial, key));
        }
    }

    @AfterAll
    void stop() throws Exception {
        for (StolenCard card : cards) {
            card.close();
        }
        fleet.close();
    }

    @BeforeEach
    void nobodyHasATurn() {
        first = new Node(cards.get(0));
        second = new Node(cards.get(1));
        third = new Node(cards.get(2));
    }

    @AfterEach
    void allHangUp() throws Exception {
        for (Node node : List.of(first, second, third)) {
            node.close();
        }
    }

    @Test
    void whoComesFirstFetchesFirst() throws Exception {
        long before = fleet.controller().gatewayCounters().violations();
        first.wantsPackages();
        PackageRoute.Opened turn = first.turn();
        second.wantsPackages();
        await().atMost(SOON).until(() -> second.says("it is next"));
        third.wantsPackages();
        await().atMost(SOON).until(() -> third.says("1 node is ahead"));

        turn.close();
        PackageRoute.Opened next = second.turn();
        assertThat(third.waits()).isTrue();
        next.close();
        assertThat(third.turn().hosts()).contains("debian.org");
        assertThat(fleet.controller().gatewayCounters().violations()).isEqualTo(before);
    }

    @Test
    void whoGivesUpLeavesItsPlaceToTheNext() throws Exception {
        first.wantsPackages();
        PackageRoute.Opened turn = first.turn();
        second.wantsPackages();
        await().atMost(SOON).until(() -> second.says("it is next"));
        third.wantsPackages();
        await().atMost(SOON).until(() -> third.says("1 node is ahead"));

        second.isStopped();
        turn.close();
        assertThat(third.turn()).isNotNull();
    }

    @Test
    void whenTheTurnsConnectionBreaksTheNextFetchesAndWhatWasBegunGoesOn() throws Exception {
        first.wantsPackages();
        PackageRoute.Opened begun = first.turn();
        second.wantsPackages();
        await().atMost(SOON).until(second::waits);

        first.connections.get(0).close();
        assertThat(second.turn()).isNotNull();
        assertThat(status(begun)).isEqualTo(403);
    }

    @Test
    void theTurnOfANodeWithoutPowerPassesOn() throws Exception {
        Socket gone = first.connect();
        gone.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(gone.getInputStream().read()).isEqualTo('H');
        second.wantsPackages();
        assertThat(second.turn(GONE)).isNotNull();
    }

    @Test
    void aTurnLastsWhileItsNodeFetchesNothing() throws Exception {
        first.wantsPackages();
        PackageRoute.Opened turn = first.turn();
        second.wantsPackages();
        await().atMost(SOON).until(second::waits);
        await().during(Duration.ofSeconds(18)).atMost(GONE).until(second::waits);
        turn.close();
        assertThat(second.turn()).isNotNull();
    }

    @Test
    void whoWaitsWhileTheControllerIsStartedAgainStillFetchesFromIt() throws Exception {
        first.wantsPackages();
        assertThat(first.turn()).isNotNull();
        second.wantsPackages();
        await().atMost(SOON).until(() -> second.says("it is next"));

        fleet.stopController();
        fleet.startController();
        assertThat(second.turn(GONE).hosts()).contains("debian.org");
    }

    @Test
    void anAgentThatKnowsOfNoTurnsIsAnsweredAtOnce() throws Exception {
        first.wantsPackages();
        assertThat(first.turn()).isNotNull();
        try (Socket old = second.card.connect(Services.PACKAGES)) {
            old.setSoTimeout((int) SOON.toMillis());
            old.getOutputStream()
                    .write("GET / HTTP/1.1\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(old.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 200 OK").contains("debian.org");
        }
    }

    @Test
    void whoSpeaksWhileItWaitsIsEnded() throws Exception {
        first.wantsPackages();
        assertThat(first.turn()).isNotNull();
        long before = fleet.controller().gatewayCounters().violations();
        try (Socket impatient = second.card.connect(Services.PACKAGES)) {
            impatient.setSoTimeout((int) SOON.toMillis());
            byte[] question = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            impatient.getOutputStream().write(question);
            assertThat(impatient.getInputStream().read()).isEqualTo('H');
            impatient.getOutputStream().write(question);
            await().atMost(SOON)
                    .until(() -> fleet.controller().gatewayCounters().violations() == before + 1);
        }
        third.wantsPackages();
        await().atMost(SOON).until(() -> third.says("it is next"));
    }

    /** Asks for what nobody may have: what is told apart is whether the cache answers. */
    private static int status(PackageRoute.Opened route) throws IOException {
        Proxy proxy = new Proxy(Proxy.Type.HTTP, new InetSocketAddress(InetAddress.getLoopbackAddress(), route.port()));
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:1/debian/a.deb").toURL().openConnection(proxy);
        connection.setConnectTimeout(10_000);
        connection.setReadTimeout(20_000);
        return connection.getResponseCode();
    }

    /** A node whose agent opens the way to packages on a thread of its own. */
    private static final class Node implements Closeable {
        private final StolenCard card;
        private final List<Socket> connections = new CopyOnWriteArrayList<>();
        private final List<String> said = new CopyOnWriteArrayList<>();
        private final ExecutorService agent = Executors.newSingleThreadExecutor();
        private Future<PackageRoute.Opened> opened;

        Node(StolenCard card) {
            this.card = card;
        }

        void wantsPackages() throws IOException {
            PackagePort port = new PackagePort(this::connect, LocalPeers.ofThisProcess(), Set.of());
            opened = agent.submit(() -> port.open(said::add));
        }

        private Socket connect() throws IOException {
            Socket socket = card.connect(Services.PACKAGES);
            connections.add(socket);
            return socket;
        }

        boolean says(String what) {
            return said.stream().anyMatch(line -> line.endsWith(what));
        }

        boolean waits() {
            return !opened.isDone() && !said.isEmpty();
        }

        void isStopped() {
            opened.cancel(true);
        }

        PackageRoute.Opened turn() throws Exception {
            return turn(SOON);
        }

        PackageRoute.Opened turn(Duration within) throws Exception {
            return opened.get(within.toSeconds(), TimeUnit.SECONDS);
        }

        @Override
        public void close() throws IOException {
            agent.shutdownNow();
            for (Socket connection : connections) {
                connection.close();
            }
        }
    }
}
