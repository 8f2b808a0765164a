package io.swarmctl.controller.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.swarmctl.agent.link.ControllerAddress;
import io.swarmctl.agent.link.FleetTls;
import io.swarmctl.agent.link.LocalPeers;
import io.swarmctl.agent.link.PackagePort;
import io.swarmctl.agent.machine.PackageRoute;
import io.swarmctl.common.trust.FleetTrust;
import io.swarmctl.common.wire.Services;
import io.swarmctl.controller.fleet.NodeCommands;
import io.swarmctl.controller.fleet.Policy;
import io.swarmctl.controller.fleet.PolicyCommands;
import io.swarmctl.controller.server.TestFleet;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node's packages, from an archive through the controller's cache and the agent's port to who asks there. */
@Timeout(120)
class PackageGateTest {
    private static final byte[] PACKAGE = content();

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer archive;
    private String address;
    private TestFleet fleet;
    private StolenCard card;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        archive = vertx.createHttpServer()
                .requestHandler(this::give)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        String host = "127.0.0.1:" + archive.actualPort();
        address = "http://" + host + "/debian/pool/main/b/bash/bash_5_arm64.deb";
        fleet = new TestFleet(directory, List.of(host));
        card = StolenCard.of(fleet, "serial-1", fleet.enrolmentKey(3));
    }

    @AfterEach
    void stop() throws Exception {
        card.close();
        fleet.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void give(HttpServerRequest request) {
        asked.incrementAndGet();
        request.response()
                .putHeader("Last-Modified", "Sat, 11 Jan 2025 10:00:00 GMT")
                .end(Buffer.buffer(PACKAGE));
    }

    @Test
    void packagesComeOnceFromTheArchiveForAll() throws Exception {
        try (PackageRoute.Opened route = port().open(line -> {})) {
            assertThat(route.hosts()).contains("127.0.0.1:" + archive.actualPort(), "debian.org");
            assertThat(fetch(route, address)).isEqualTo(PACKAGE);
            assertThat(fetch(route, address)).isEqualTo(PACKAGE);
        }
        assertThat(asked).hasValue(1);
        assertThat(fleet.controller().gatewayCounters().violations()).isZero();
    }

    @Test
    void otherHostsAreNotAsked() throws Exception {
        try (PackageRoute.Opened route = port().open(line -> {})) {
            HttpURLConnection other = open(route, "http://127.0.0.1:1/debian/a.deb");
            assertThat(other.getResponseCode()).isEqualTo(403);
            assertThat(other.getResponseMessage()).isEqualTo("127.0.0.1:1 is not on the package cache's list");
        }
    }

    @Test
    void thePortIsForTheAgentsUserAndAptsAlone() throws Exception {
        PackagePort others = new PackagePort(
                () -> card.connect(Services.PACKAGES), new LocalPeers(Path.of("/proc"), 54_321), Set.of(54_322));
        try (PackageRoute.Opened route = others.open(line -> {})) {
            assertThatThrownBy(() -> fetch(route, address)).isInstanceOf(IOException.class);
        }
        assertThat(asked).hasValue(0);
    }

    @Test
    void whenThePolicyTurnsItOffThatIsNoTrouble() throws Exception {
        fleet.change(current -> PolicyCommands.apply(
                current, current.policy().withPackageCache(new Policy.PackageCache(false, 1, List.of()))));
        assertThatThrownBy(() -> port().open(line -> {}))
                .isInstanceOf(PackageRoute.Unusable.class)
                .hasMessageContaining("off by the fleet's policy");
    }

    @Test
    void whoHasNoCertificateOrIsRevokedIsNotLetIn() throws Exception {
        FleetTls tls = new FleetTls(new FleetTrust(fleet.controller().ca(), InstantSource.system()));
        ControllerAddress gateway =
                new ControllerAddress("127.0.0.1", fleet.controller().gatewayPort());
        try (Socket nobody = tls.connect(gateway, Services.PACKAGES)) {
            assertEnded(nobody);
        } catch (IOException e) {
            assertThat(e).isNotNull();
        }
        Socket open = card.connect(Services.PACKAGES);
        fleet.change(
                current -> NodeCommands.revoke(current, fleet.node("serial-1").name()));
        assertEnded(open);
    }

    @Test
    void whatNoAptSendsEndsTheConnectionAndIsTold() throws Exception {
        for (String garbage : List.of("CONNECT 127.0.0.1:22 HTTP/1.1\r\n\r\n", "x".repeat(20_000))) {
            Socket socket = card.connect(Services.PACKAGES);
            socket.getOutputStream().write(garbage.getBytes(StandardCharsets.US_ASCII));
            assertEnded(socket);
        }
        assertThat(fleet.controller().gatewayCounters().violations()).isEqualTo(2);
        await().untilAsserted(() -> assertThat(fleet.events())
                .anyMatch(event -> event.text().contains("sent what no apt sends to the package cache: 'CONNECT")));
    }

    @Test
    void aNodeHasEightConnectionsAndNoMore() throws Exception {
        List<Socket> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Socket socket = card.connect(Services.PACKAGES);
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            all.add(socket);
        }
        try (Socket ninth = card.connect(Services.PACKAGES)) {
            assertEnded(ninth);
        } catch (IOException e) {
            assertThat(e).isNotNull();
        }
        assertThat(all).hasSize(8);
    }

    private PackagePort port() throws IOException {
        return new PackagePort(() -> card.connect(Services.PACKAGES), LocalPeers.ofThisProcess(), Set.of());
    }

    private static byte[] fetch(PackageRoute.Opened route, String address) throws IOException {
        return open(route, address).getInputStream().readAllBytes();
    }

    private static HttpURLConnection open(PackageRoute.Opened route, String address) throws IOException {
        Proxy proxy = new Proxy(Proxy.Type.HTTP, new InetSocketAddress(InetAddress.getLoopbackAddress(), route.port()));
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(address).toURL().openConnection(proxy);
        connection.setConnectTimeout(10_000);
        connection.setReadTimeout(20_000);
        return connection;
    }

    private static void assertEnded(Socket socket) throws IOException {
        socket.setSoTimeout(20_000);
        try {
            assertThat(socket.getInputStream().readAllBytes()).isEmpty();
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("it is not ended", e);
        } catch (IOException e) {
            assertThat(e).isNotNull();
        }
    }

    private static byte[] content() {
        byte[] content = new byte[3_000_000];
        new Random(1).nextBytes(content);
        System.arraycopy("!<arch>\n".getBytes(StandardCharsets.US_ASCII), 0, content, 0, 8);
        return content;
    }
}
