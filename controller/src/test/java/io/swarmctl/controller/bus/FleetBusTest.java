package io.swarmctl.controller.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.RoutingMode;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.spi.properties.ClusterProperty;
import com.hazelcast.spi.properties.HazelcastProperty;
import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.wire.BusMaps;
import io.swarmctl.common.wire.Services;
import io.swarmctl.controller.enrol.ControllerKeys;
import io.swarmctl.controller.enrol.FleetCa;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hazelcast ignores settings that it does not know, so each that matters is shown to take effect. */
class FleetBusTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration SILENCE_NOTICED = Duration.ofSeconds(40);
    private static final String CLUSTER = "secret-" + System.nanoTime();
    private static final AtomicInteger AWAKENED = new AtomicInteger();

    private final List<HazelcastInstance> clients = new ArrayList<>();
    private FleetBus bus;

    @BeforeEach
    void start() {
        EcKeys keys = EcKeys.generate();
        List<GeneralName> names = List.of(new GeneralName(GeneralName.dNSName, Services.SIGNER));
        bus = FleetBus.start(
                CLUSTER,
                new ControllerKeys(
                        keys,
                        FleetCa.create("test", Instant.now())
                                .certifyController(keys.publicKey(), names, Instant.now())));
    }

    @AfterEach
    void stop() {
        clients.forEach(HazelcastInstance::shutdown);
        bus.close();
    }

    @Test
    void listensOnLoopbackOnly() throws IOException {
        String port = String.format(":%04X", bus.port());
        List<String> listening = Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .flatMap(table -> lines(Path.of(table)))
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields[1].endsWith(port) && fields[3].equals("0A"))
                .map(fields -> fields[1].substring(0, fields[1].length() - port.length()))
                .toList();
        assertThat(listening).isNotEmpty().allMatch(address -> address.endsWith("0100007F"));
    }

    @Test
    void whoDoesNotKnowTheNameIsRefused() {
        assertThatThrownBy(() -> connect("dev", bus.port())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatNodesWriteIsHandedOn() {
        List<String> heard = new CopyOnWriteArrayList<>();
        bus.listen((node, text) -> heard.add(node + ":" + text), (node, text) -> {});
        HazelcastInstance client = connect(CLUSTER, bus.port());
        client.getMap(BusMaps.REPORTS).set("serial-1", "first");
        client.getMap(BusMaps.REPORTS).set("serial-1", "second");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(heard).containsExactly("serial-1:first", "serial-1:second"));
    }

    @Test
    void objectsOfAnyClassAreNotAwakened() {
        bus.listen((node, text) -> {}, (node, text) -> {});
        HazelcastInstance client = connect(CLUSTER, bus.port());
        client.getMap(BusMaps.REPORTS).set("serial-1", new Sleeper());
        assertThatThrownBy(() ->
                        client.getExecutorService("any").submit(new Sleeper()).get(20, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(SecurityException.class);
        assertThat(AWAKENED).hasValue(0);
    }

    @Test
    void jetIsOff() {
        HazelcastInstance client = connect(CLUSTER, bus.port());
        assertThatThrownBy(() -> client.getJet().getJobs()).hasMessageContaining("Jet engine is disabled");
    }

    @Test
    void everyPropertyThatIsSetIsKnown() throws IllegalAccessException {
        Set<String> known = new HashSet<>();
        for (Field constant : ClusterProperty.class.getFields()) {
            if (constant.get(null) instanceof HazelcastProperty property) {
                known.add(property.getName());
            }
        }
        Set<String> given = Hazelcast.getHazelcastInstanceByName(CLUSTER)
                .getConfig()
                .getProperties()
                .stringPropertyNames();

        assertThat(known).as("what is unknown is ignored silently").containsAll(given);
        assertThat(given).contains("hazelcast.socket.client.receive.buffer.size");
    }

    @Test
    void aSilentClientIsNoticedInSeconds() throws Exception {
        HazelcastInstance member = Hazelcast.getHazelcastInstanceByName(CLUSTER);
        try (OneWayRelay relay = new OneWayRelay(bus.port())) {
            connect(CLUSTER, relay.port());
            await().atMost(SOON)
                    .until(() -> member.getClientService().getConnectedClients().size() == 1);
            relay.goSilent();
            await().atMost(SILENCE_NOTICED)
                    .until(() -> member.getClientService().getConnectedClients().isEmpty());
        }
    }

    private HazelcastInstance connect(String cluster, int port) {
        ClientConfig config = new ClientConfig();
        config.setClusterName(cluster);
        config.setProperty("hazelcast.logging.type", "none");
        config.getNetworkConfig().addAddress("127.0.0.1:" + port);
        config.getNetworkConfig().getClusterRoutingConfig().setRoutingMode(RoutingMode.SINGLE_MEMBER);
        config.getConnectionStrategyConfig().getConnectionRetryConfig().setClusterConnectTimeoutMillis(2_000);
        HazelcastInstance client = HazelcastClient.newHazelcastClient(config);
        clients.add(client);
        return client;
    }

    private static Stream<String> lines(Path table) {
        try {
            return Files.readAllLines(table).stream().skip(1);
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static final class Sleeper implements Callable<String>, Serializable {
        private static final long serialVersionUID = 1;

        @Override
        public String call() {
            return "ran";
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            AWAKENED.incrementAndGet();
        }
    }
}
