package io.swarmctl.controller.gateway;

import static org.awaitility.Awaitility.await;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.ClientConnectionStrategyConfig.ReconnectMode;
import com.hazelcast.client.config.RoutingMode;
import com.hazelcast.core.HazelcastInstance;
import io.swarmctl.agent.link.ControllerAddress;
import io.swarmctl.agent.link.FleetTls;
import io.swarmctl.agent.link.LocalPeers;
import io.swarmctl.agent.link.Reception;
import io.swarmctl.agent.link.Tunnel;
import io.swarmctl.common.trust.Certificates;
import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.FleetTrust;
import io.swarmctl.common.wire.Services;
import io.swarmctl.controller.gateway.protocol.Terms;
import io.swarmctl.controller.server.TestFleet;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A node's card in the wrong hands: its key, its certificate and the bus's name, and no agent. */
final class StolenCard implements Closeable {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final List<Closeable> open = new ArrayList<>();
    private final FleetTls tls;
    private final ControllerAddress gateway;
    private final EcKeys keys;
    private final X509Certificate certificate;
    private final Terms terms;

    private StolenCard(TestFleet fleet, String serial) throws Exception {
        Path state = fleet.card(serial).resolve("state");
        List<String> lines = Files.readAllLines(state.resolve("node.key"));
        Base64.Decoder base64 = Base64.getDecoder();
        this.keys = EcKeys.decode(base64.decode(lines.get(0)), base64.decode(lines.get(1)));
        this.certificate = Certificates.fromPem(Files.readString(state.resolve("node.crt")));
        this.tls = new FleetTls(new FleetTrust(fleet.controller().ca(), InstantSource.system()));
        this.gateway = new ControllerAddress("127.0.0.1", fleet.controller().gatewayPort());
        String cluster = Files.readString(state.resolve("bus-cluster")).strip();
        this.terms = new Terms(serial, Members.partition(cluster, serial), cluster);
    }

    /** Of a node that has been on the bus, and is off now. */
    static StolenCard of(TestFleet fleet, String serial, String enrolmentKey) throws Exception {
        fleet.boot(serial, enrolmentKey);
        await().atMost(SOON).until(() -> fleet.fleet().node(serial).stream().anyMatch(node -> node.report() != null));
        fleet.halt(serial);
        await().atMost(SOON).until(() -> !fleet.fleet().connected().contains(serial));
        return new StolenCard(fleet, serial);
    }

    /** Of a node whose agent is at work. */
    static StolenCard copied(TestFleet fleet, String serial) throws Exception {
        return new StolenCard(fleet, serial);
    }

    Terms terms() {
        return terms;
    }

    String nodeId() {
        return terms.nodeId();
    }

    /** TLS to the bus, and nothing said yet. */
    Socket connect() throws IOException {
        return connect(Services.BUS);
    }

    Socket connect(String service) throws IOException {
        Socket socket = tls.connect(gateway, service, keys.privateKey(), certificate);
        // A close would else wait for a write that waits for the gateway.
        socket.setSoLinger(true, 0);
        open.add(socket);
        return socket;
    }

    /** A real client, set up as the agent's is, that can do whatever Hazelcast can. */
    HazelcastInstance client() throws IOException {
        Tunnel tunnel = new Tunnel(this::connect, LocalPeers.ofThisProcess(), new Reception(() -> {}));
        tunnel.start();
        open.add(tunnel::close);
        ClientConfig config = new ClientConfig();
        config.setClusterName(terms.cluster());
        config.setProperty("hazelcast.logging.type", "none");
        config.setProperty("hazelcast.client.invocation.timeout.seconds", "3");
        config.setProperty("hazelcast.client.shuffle.member.list", "false");
        config.getMetricsConfig().setEnabled(false);
        config.getNetworkConfig().addAddress("127.0.0.1:" + tunnel.port());
        config.getNetworkConfig().getClusterRoutingConfig().setRoutingMode(RoutingMode.SINGLE_MEMBER);
        config.getConnectionStrategyConfig()
                .setReconnectMode(ReconnectMode.OFF)
                .getConnectionRetryConfig()
                .setClusterConnectTimeoutMillis(5_000);
        HazelcastInstance client = HazelcastClient.newHazelcastClient(config);
        open.add(client::shutdown);
        return client;
    }

    @Override
    public void close() throws IOException {
        for (Closeable one : open) {
            one.close();
        }
    }
}
