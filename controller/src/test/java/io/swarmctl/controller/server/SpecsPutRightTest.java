package io.swarmctl.controller.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.swarmctl.common.wire.BusMaps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody on the controller's own machine who knows the bus's name changes specs there. */
class SpecsPutRightTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String SERIAL = "serial-1";

    private TestFleet fleet;
    private HazelcastInstance intruder;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        fleet = new TestFleet(directory);
        fleet.boot(SERIAL, fleet.enrolmentKey(1));
        await().atMost(SOON).until(() -> fleet.fleet().node(SERIAL).stream().anyMatch(node -> node.report() != null));
        ClientConfig config = new ClientConfig();
        config.setClusterName(Files.readString(fleet.card(SERIAL).resolve("state/bus-cluster"))
                .strip());
        config.getNetworkConfig().addAddress("127.0.0.1:" + fleet.controller().memberPort());
        intruder = HazelcastClient.newHazelcastClient(config);
    }

    @AfterEach
    void stop() throws Exception {
        fleet.close();
        intruder.shutdown();
    }

    @Test
    void aForgedOrRemovedSpecIsReplacedByTheControllers() {
        IMap<String, String> specs = intruder.getMap(BusMaps.SPECS);
        String genuine = specs.get(SERIAL);

        specs.set(SERIAL, "forged");
        await().atMost(SOON).untilAsserted(() -> assertThat(specs.get(SERIAL)).isEqualTo(genuine));

        specs.delete(SERIAL);
        await().atMost(SOON).untilAsserted(() -> assertThat(specs.get(SERIAL)).isEqualTo(genuine));
        assertThat(fleet.applied(SERIAL)).noneMatch(action -> action.title().contains("leave"));
    }
}
