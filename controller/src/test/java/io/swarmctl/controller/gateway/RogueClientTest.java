package io.swarmctl.controller.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MapStoreConfig;
import com.hazelcast.config.QueueConfig;
import com.hazelcast.config.QueueStoreConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.listener.EntryAddedListener;
import io.swarmctl.common.wire.BusMaps;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.Report;
import io.swarmctl.controller.fleet.FleetEvent;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.server.TestFleet;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What somebody tries who has a node's card and all of Hazelcast's client. Each attempt with a card of its own. */
@TestInstance(Lifecycle.PER_CLASS)
class RogueClientTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String VICTIM = "victim";
    private static final AtomicInteger EXECUTED = new AtomicInteger();

    private TestFleet fleet;
    private String key;
    private int cards;

    @FunctionalInterface
    private interface Attempt {
        void on(HazelcastInstance client, String own) throws Exception;
    }

    /** Tells when anything of it ran on the member, which has this class on its path. */
    public static final class Payload
            implements Callable<String>, EntryProcessor<String, String, String>, Serializable {
        private static final long serialVersionUID = 1;

        public Payload() {
            EXECUTED.incrementAndGet();
        }

        @Override
        public String call() {
            EXECUTED.incrementAndGet();
            return "ran";
        }

        @Override
        public String process(Map.Entry<String, String> entry) {
            EXECUTED.incrementAndGet();
            return "ran";
        }
    }

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        fleet = new TestFleet(directory);
        key = fleet.enrolmentKey(100);
        fleet.boot(VICTIM, key);
        await().atMost(SOON).until(() -> fleet.fleet().node(VICTIM).stream().anyMatch(RogueClientTest::hasReported));
    }

    @AfterAll
    void stop() throws Exception {
        fleet.close();
    }

    static Stream<Arguments> attempts() {
        return Stream.of(
                attempt(
                        "run a task in the executor service",
                        (client, own) -> client.getExecutorService("any")
                                .submit(new Payload())
                                .get(5, TimeUnit.SECONDS),
                        "Client.CreateProxy (0x000400) on 'any'"),
                attempt(
                        "run an entry processor on its own report",
                        (client, own) ->
                                client.<String, String>getMap(BusMaps.REPORTS).executeOnKey(own, new Payload()),
                        "Map.ExecuteOnKey (0x012e00) on 'reports'"),
                attempt(
                        "run an entry processor on all specs",
                        (client, own) ->
                                client.<String, String>getMap(BusMaps.SPECS).executeOnEntries(new Payload()),
                        "Map.ExecuteOnAllKeys (0x013000) on 'specs'"),
                attempt(
                        "configure a map whose store is a class of its choice",
                        (client, own) -> client.getConfig()
                                .addMapConfig(new MapConfig("loaded")
                                        .setMapStoreConfig(new MapStoreConfig()
                                                .setEnabled(true)
                                                .setClassName(Payload.class.getName()))),
                        "DynamicConfig.AddMapConfig (0x1b0c00) on 'loaded'"),
                attempt(
                        "configure a queue whose store is a class of its choice",
                        (client, own) -> client.getConfig()
                                .addQueueConfig(new QueueConfig("loaded")
                                        .setQueueStoreConfig(
                                                new QueueStoreConfig().setClassName(Payload.class.getName()))),
                        "DynamicConfig.AddQueueConfig (0x1b0b00) on 'loaded'"),
                attempt("look at Jet's jobs", (client, own) -> client.getJet().getJobs(), "Jet.GetJobIds (0xfe0400)"),
                attempt(
                        "read another node's spec",
                        (client, own) -> client.getMap(BusMaps.SPECS).get(VICTIM),
                        "Map.Get (0x010200) on 'specs'"),
                attempt(
                        "read all specs",
                        (client, own) -> client.getMap(BusMaps.SPECS).values().forEach(value -> {}),
                        "Map.Values (0x012400) on 'specs'"),
                attempt(
                        "listen to all specs",
                        (client, own) -> {
                            client.getMap(BusMaps.SPECS)
                                    .addEntryListener((EntryAddedListener<Object, Object>) event -> {}, true);
                            // A client registers listeners without asking; what it does next fails.
                            assertThat(client.getMap(BusMaps.SPECS).size()).isZero();
                        },
                        "Map.AddEntryListener (0x011900) on 'specs'"),
                attempt(
                        "write another node's report",
                        (client, own) -> client.getMap(BusMaps.REPORTS).set(VICTIM, "x.y.z"),
                        "Map.Set (0x010f00) on 'reports'"),
                attempt(
                        "write another node's spec",
                        (client, own) -> client.getMap(BusMaps.SPECS).set(VICTIM, "x.y.z"),
                        "Map.Set (0x010f00) on 'specs'"),
                attempt(
                        "write its own spec",
                        (client, own) -> client.getMap(BusMaps.SPECS).set(own, "x.y.z"),
                        "Map.Set (0x010f00) on 'specs'"),
                attempt(
                        "lock another node's report",
                        (client, own) -> client.getMap(BusMaps.REPORTS).lock(VICTIM),
                        "Map.Lock (0x011000) on 'reports'"),
                attempt(
                        "clear all specs",
                        (client, own) -> client.getMap(BusMaps.SPECS).clear(),
                        "Map.Clear (0x012d00) on 'specs'"),
                attempt(
                        "destroy a map",
                        (client, own) -> client.getMap(BusMaps.REPORTS).destroy(),
                        "Client.DestroyProxy (0x000500) on 'reports'"),
                attempt(
                        "publish on a topic",
                        (client, own) -> client.getTopic("news").publish("x"),
                        "Client.CreateProxy (0x000400) on 'news'"),
                attempt(
                        "ask by SQL",
                        (client, own) ->
                                client.getSql().execute("SELECT * FROM specs").close(),
                        "Sql.Execute (0x210400)"),
                attempt(
                        "make a million maps",
                        (client, own) -> {
                            for (int i = 0; i < 1_000_000; i++) {
                                client.getMap("map-" + i).set("a", "b");
                            }
                        },
                        "Client.CreateProxy (0x000400) on 'map-0'"),
                attempt(
                        "set a value of ten megabytes",
                        (client, own) -> client.getMap(BusMaps.REPORTS).set(own, "x".repeat(10_000_000)),
                        "Map.Set (0x010f00) on 'reports': a frame of 10000012 bytes"),
                attempt(
                        "set an object of any class",
                        (client, own) -> client.getMap(BusMaps.REPORTS).set(own, new Payload()),
                        "Map.Set (0x010f00) on 'reports'"),
                attempt(
                        "see what there is",
                        (client, own) -> client.getDistributedObjects(),
                        "Client.GetDistributedObjects (0x000800)"),
                attempt(
                        "open a transaction",
                        (client, own) -> client.newTransactionContext().beginTransaction(),
                        "Transaction.Create"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attempts")
    void comesToNothingAndIsNamed(String what, Attempt attempt, String named) throws Exception {
        String own = "rogue-" + ++cards;
        try (StolenCard card = StolenCard.of(fleet, own, key)) {
            String cluster = card.terms().cluster();
            Map<String, String> specs = Members.entries(cluster, BusMaps.SPECS);
            String report = Members.entries(cluster, BusMaps.REPORTS).get(own);
            HazelcastInstance client = card.client();
            int executed = EXECUTED.get();

            Throwable failure = catchThrowable(() -> attempt.on(client, own));

            assertThat(failure).as(what).isInstanceOf(Exception.class);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(told(own)).hasSize(1).allMatch(text -> text.contains(named)));
            assertThat(EXECUTED.get() - executed)
                    .as("but the one that the client made")
                    .isLessThanOrEqualTo(1);
            assertThat(Members.objects(cluster))
                    .containsExactly(
                            BusMaps.BENCHMARKS, BusMaps.DIAGNOSES, BusMaps.OUTPUT, BusMaps.REPORTS, BusMaps.SPECS);
            assertThat(Members.entries(cluster, BusMaps.SPECS)).isEqualTo(specs);
            assertThat(Members.entries(cluster, BusMaps.REPORTS)).containsEntry(own, report);
            assertThat(fleet.fleet().connected()).contains(VICTIM);
        }
    }

    private List<String> told(String nodeId) throws IOException {
        return fleet.events().stream()
                .filter(event -> nodeId.equals(event.nodeId()) && event.actor().equals("gateway"))
                .map(FleetEvent::text)
                .toList();
    }

    private static Arguments attempt(String what, Attempt attempt, String named) {
        return arguments(what, attempt, named);
    }

    private static boolean hasReported(@Nullable FleetNode node) {
        Report report = node == null ? null : node.report();
        return report != null && report.state() == NodeState.READY;
    }
}
