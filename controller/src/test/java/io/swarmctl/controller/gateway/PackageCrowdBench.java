package io.swarmctl.controller.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmctl.agent.link.ControllerAddress;
import io.swarmctl.agent.link.FleetTls;
import io.swarmctl.agent.link.LocalPeers;
import io.swarmctl.agent.link.PackagePort;
import io.swarmctl.agent.machine.PackageRoute;
import io.swarmctl.common.trust.Certificates;
import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.FleetTrust;
import io.swarmctl.common.wire.Services;
import io.swarmctl.controller.api.MemoryFleet;
import io.swarmctl.controller.cache.CacheRules;
import io.swarmctl.controller.cache.PackageCache;
import io.swarmctl.controller.cache.Upstreams;
import io.swarmctl.controller.enrol.ControllerKeys;
import io.swarmctl.controller.enrol.Door;
import io.swarmctl.controller.enrol.FleetCa;
import io.swarmctl.controller.fleet.ExampleNodes;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand nodes want packages in the same second: through the real gateway, each with the real agent's port. */
@Tag("bench")
class PackageCrowdBench {
    private static final int NODES = Integer.getInteger("nodes", 1_000);
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** How long a node takes for what it fetches. */
    private static final long FETCHING_MILLIS = Integer.getInteger("fetching", 500);

    private final FleetCa ca = FleetCa.create("crowd", Instant.now());
    private final Vertx vertx = Vertx.vertx();
    private final List<Card> cards = new ArrayList<>();
    private final List<String> troubles = new CopyOnWriteArrayList<>();
    private final AtomicInteger at = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();

    private record Card(EcKeys keys, X509Certificate certificate) {}

    @Test
    void allFetchAndNobodyIsSentAway(@TempDir Path directory) throws Exception {
        Fleet fleet = fleet();
        NodeCheck check = new NodeCheck(vertx, () -> fleet, (node, text) -> troubles.add(text));
        PackageGate gate =
                new PackageGate(vertx, check, cache(directory), PackageShelf.EMPTY, PackageGate.NODES_AT_ONCE);
        AgentGateway gateway = gateway(fleet, gate);
        int port = gateway.start().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        FleetTls tls = new FleetTls(new FleetTrust(ca.certificate(), InstantSource.system()));
        ControllerAddress address = new ControllerAddress("127.0.0.1", port);

        long began = System.nanoTime();
        CountDownLatch power = new CountDownLatch(1);
        for (Card card : cards) {
            PackagePort agent = new PackagePort(
                    () -> tls.connect(address, Services.PACKAGES, card.keys().privateKey(), card.certificate()),
                    LocalPeers.ofThisProcess(),
                    Set.of());
            Thread thread = new Thread(() -> live(agent, power), "node");
            thread.setDaemon(true);
            thread.start();
        }
        power.countDown();
        await().atMost(PATIENCE)
                .until(() -> done.get() + gate.nodesFetching() + gate.nodesWaiting() + troubles.size() >= NODES);
        System.out.printf(
                "all %d nodes stand in line or fetch after %.1f s: %d fetch, %d wait, %d done; heap %d MB%n",
                NODES, seconds(began), gate.nodesFetching(), gate.nodesWaiting(), done.get(), heap());
        await().atMost(PATIENCE).until(() -> done.get() + troubles.size() >= NODES);
        System.out.printf(
                "all done after %.1f s; %d at once at the most, %d went directly, %d refused%n",
                seconds(began),
                mostAtOnce.get(),
                troubles.size(),
                check.counters().refusedConnections());
        assertThat(troubles).isEmpty();
        assertThat(mostAtOnce.get()).isLessThanOrEqualTo(PackageGate.NODES_AT_ONCE);
        gateway.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void live(PackagePort agent, CountDownLatch power) {
        try {
            power.await();
            try (PackageRoute.Opened route = agent.open(line -> {})) {
                assertThat(route.hosts()).isNotEmpty();
                mostAtOnce.accumulateAndGet(at.incrementAndGet(), Math::max);
                TimeUnit.MILLISECONDS.sleep(FETCHING_MILLIS);
                at.decrementAndGet();
                done.incrementAndGet();
            }
        } catch (PackageRoute.Unusable e) {
            troubles.add(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Fleet fleet() {
        List<FleetNode> nodes = new ArrayList<>();
        for (int i = 1; i <= NODES; i++) {
            EcKeys keys = EcKeys.generate();
            FleetNode example = ExampleNodes.arrived(i);
            nodes.add(FleetNode.arriving(
                    new FleetNode.Board(example.id(), "Raspberry Pi 3 Model B Rev 1.2", 948L << 20, ExampleNodes.NOW),
                    "pi-" + i,
                    new FleetNode.Standing(keys.publicJwk(), FleetNode.Status.ENROLLED, "")));
            cards.add(new Card(keys, ca.certifyNode(example.id(), keys.publicKey(), Instant.now())));
        }
        return ExampleNodes.fleet(nodes.toArray(FleetNode[]::new));
    }

    private PackageCache cache(Path directory) {
        CacheRules rules = new CacheRules(true, 1_000_000_000, Upstreams.of(List.of(), Set.of()));
        return new PackageCache(vertx, directory, () -> rules, InstantSource.system());
    }

    private AgentGateway gateway(Fleet fleet, PackageGate gate) throws Exception {
        EcKeys keys = EcKeys.generate();
        X509Certificate certificate = ca.certifyController(
                keys.publicKey(), List.of(new GeneralName(GeneralName.dNSName, Services.PACKAGES)), Instant.now());
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.privateKey().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        Door door = new Door(
                new MemoryFleet(InstantSource.system(), fleet),
                ca,
                new ControllerKeys(
                        keys,
                        ca.certifySigner(keys.publicKey(), new GeneralName(GeneralName.dNSName, Services.SIGNER))),
                "cluster",
                Runnable::run,
                InstantSource.system());
        return new AgentGateway(
                vertx,
                new AgentGateway.Listen(
                        "127.0.0.1",
                        0,
                        new PemKeyCertOptions()
                                .addKeyValue(Buffer.buffer(pem))
                                .addCertValue(Buffer.buffer(
                                        Certificates.toPem(certificate) + Certificates.toPem(ca.certificate()))),
                        new PemTrustOptions().addCertValue(Buffer.buffer(Certificates.toPem(ca.certificate())))),
                door,
                Map.of(Services.PACKAGES, gate));
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static long heap() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
    }
}
