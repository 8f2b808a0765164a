package io.swarmctl.controller.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.common.wire.Benchmark.Measured;
import io.swarmctl.common.wire.DockerSource;
import io.swarmctl.common.wire.DockerSpec;
import io.swarmctl.common.wire.JoinTokens;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.Upgrade;
import io.swarmctl.controller.api.Access;
import io.swarmctl.controller.api.Session;
import io.swarmctl.controller.fleet.ActionRun;
import io.swarmctl.controller.fleet.BenchmarkRun;
import io.swarmctl.controller.fleet.EnrolmentKey;
import io.swarmctl.controller.fleet.ExampleNodes;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetEvent;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.LogLine;
import io.swarmctl.controller.fleet.Policy;
import io.swarmctl.controller.fleet.Refusals;
import io.swarmctl.controller.fleet.SwarmRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a store does on every database. */
abstract class StoreContract {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00.123456Z");
    private static final String HASH = "$6$salt$SECRETHASH";

    private Database database;
    private Vault vault;
    private SqlFleetStore store;

    /** A database with our tables, the same at every call in a test. */
    abstract Database open() throws IOException;

    @BeforeEach
    void openStore() throws IOException {
        database = open();
        vault = new Vault(new byte[32]);
        store = new SqlFleetStore(database, vault);
    }

    @AfterEach
    void closeStore() {
        database.close();
    }

    private static BenchmarkRun benchmark(String nodeId, long number) {
        Measured measured = new Measured(Map.of("cpu-one", 812.5 + number), Map.of("card-write", "no room"));
        return new BenchmarkRun(nodeId, number, "3B", "1.2.3", NOW, number % 2 == 0, 48.5, null, measured);
    }

    @Test
    void ofEachNodeTheLatestTenBenchmarksAreKeptAlsoAfterARestart() throws IOException {
        for (long number = 1; number <= 12; number++) {
            store.appendBenchmark(benchmark("serial-1", number));
        }
        store.appendBenchmark(benchmark("serial-2", 1));
        store.appendBenchmark(benchmark("serial-2", 1));
        database.close();
        database = open();
        store = new SqlFleetStore(database, vault);

        assertThat(store.benchmarks())
                .containsExactlyElementsOf(Stream.concat(
                                LongStream.iterate(12, number -> number >= 3, number -> number - 1)
                                        .mapToObj(number -> benchmark("serial-1", number)),
                                Stream.of(benchmark("serial-2", 1)))
                        .toList());
    }

    @Test
    void benchmarksGoWithTheirNode() throws IOException {
        FleetNode node = ExampleNodes.arrived(1);
        Fleet without = Fleet.empty("fleet-1");
        Fleet with = without.with(node);
        store.save(without, with, List.of());
        store.appendBenchmark(benchmark(node.id(), 1));
        store.appendBenchmark(benchmark("serial-2", 1));
        store.save(with, without, List.of());

        assertThat(store.benchmarks()).containsExactly(benchmark("serial-2", 1));
    }

    @Test
    void aNewStoreIsEmpty() throws IOException {
        assertThat(store.load()).isEmpty();
        assertThat(store.events(10)).isEmpty();
        assertThat(store.log("n", 0, 10)).isEmpty();
    }

    @Test
    void anEmptyFleetIsAFleet() throws IOException {
        Fleet empty = Fleet.empty("f1");
        store.save(empty, empty, List.of());
        assertThat(store.load()).contains(empty);
    }

    @Test
    void aFleetIsReadAsItWasSaved() throws IOException {
        Fleet fleet = richFleet();
        store.save(Fleet.empty("f1"), fleet, List.of());
        closeStore();
        openStore();
        assertThat(store.load()).contains(fleet.withConnected(Set.of()));
    }

    @Test
    void changesAndRemovalsAreSaved() throws IOException {
        Fleet before = richFleet();
        store.save(Fleet.empty("f1"), before, List.of());
        FleetNode removed = ExampleNodes.arrived(2);
        Fleet after = before.without(removed)
                .with(ExampleNodes.reporting(1, "worker", NodeState.READY))
                .with(ExampleNodes.pending(4))
                .with(before.keys().get("k1").used())
                .with(before.swarm().withFounder("n9"))
                .with(before.policy().withAuto(null))
                .with(ExampleNodes.reporting(5, "worker", NodeState.READY))
                .with(before.refusals().with("three"));
        store.appendLog(List.of(line(removed.id(), "x")));
        store.save(before, after, List.of());
        assertThat(store.load()).contains(after.withConnected(Set.of()));
        assertThat(store.log(removed.id(), 0, 10)).isEmpty();
    }

    @Test
    void onlyRowsThatDifferAreWritten() throws IOException {
        Fleet before = richFleet();
        store.save(Fleet.empty("f1"), before, List.of());
        database.write(handle -> {
            handle.execute("UPDATE node SET model = 'untouched'");
            handle.execute("UPDATE enrolment_key SET uses_left = 77");
            handle.execute("UPDATE fleet SET epoch = 88");
        });
        FleetNode changed = ExampleNodes.arrived(1).withName("kitchen");
        store.save(before, before.with(changed), List.of());
        Fleet stored = store.load().orElseThrow();
        assertThat(stored.nodes().get(changed.id())).isEqualTo(changed);
        assertThat(stored.nodes().get(ExampleNodes.arrived(2).id()).model()).isEqualTo("untouched");
        assertThat(stored.keys().get("k1").usesLeft()).isEqualTo(77);
        assertThat(stored.epoch()).isEqualTo(88);
    }

    @Test
    void aSaveThatFailsLeavesNothingBehind() throws IOException {
        Fleet before = richFleet();
        store.save(Fleet.empty("f1"), before, List.of());
        FleetEvent unstorable = new FleetEvent(NOW, "a", null, null);
        assertThatThrownBy(() -> store.save(before, before.with(ExampleNodes.arrived(9)), List.of(unstorable)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot write the store in");
        assertThat(store.load()).contains(before.withConnected(Set.of()));
        assertThat(store.events(10)).isEmpty();
    }

    @Test
    void eventsComeNewestFirst() throws IOException {
        Fleet fleet = Fleet.empty("f1");
        FleetEvent first = new FleetEvent(NOW, "controller", null, "first");
        FleetEvent second = new FleetEvent(NOW, "admin", "n1", "second");
        store.save(fleet, fleet, List.of(first, second));
        assertThat(store.events(10)).containsExactly(second, first);
        assertThat(store.events(1)).containsExactly(second);
        assertThat(store.eventsOf("n1", 10)).containsExactly(second);
        store.cutEvents();
        assertThat(store.events(10)).hasSize(2);
    }

    @Test
    void logLinesAreNumberedAndReadOnFromANumber() throws IOException {
        store.appendLog(List.of(line("a", "1"), line("b", "2"), line("a", "3")));
        store.appendLog(List.of());
        List<LogLine> lines = store.log("a", 0, 10);
        assertThat(lines).extracting(LogLine::text).containsExactly("1", "3");
        assertThat(lines.get(0).at()).isEqualTo(NOW);
        assertThat(lines.get(0).sequence()).isPositive().isLessThan(lines.get(1).sequence());
        assertThat(store.log("a", lines.get(0).sequence(), 10)).containsExactly(lines.get(1));
        assertThat(store.log("a", 0, 1)).containsExactly(lines.get(0));
    }

    @Test
    void aLogKeepsItsNewestLines() throws IOException {
        store.appendLog(List.of(line("quiet", "stays")));
        for (int from = 0; from < 7_000; from += 1_000) {
            store.appendLog(IntStream.range(from, from + 1_000)
                    .mapToObj(number -> line("loud", "line " + number))
                    .toList());
        }
        List<LogLine> kept = store.log("loud", 0, 10_000);
        assertThat(kept).hasSize(SqlFleetStore.LINES_KEPT);
        assertThat(kept.get(kept.size() - 1).text()).isEqualTo("line 6999");
        assertThat(store.log("quiet", 0, 10)).hasSize(1);
    }

    @Test
    void actionsComeLatestFirstOfAllNodesOrOfOne() throws IOException {
        ActionRun one = new ActionRun("n1", "3B", "install Docker", NOW, 61_000, true);
        ActionRun two = new ActionRun("n2", "3B+", "install Docker", NOW.plusSeconds(1), 50_000, false);
        store.appendRuns(List.of(one, two));
        store.appendRuns(List.of());

        assertThat(store.runs("", 10)).containsExactly(two, one);
        assertThat(store.runs("", 1)).containsExactly(two);
        assertThat(store.runs("n1", 10)).containsExactly(one);
        store.cutEvents();
        assertThat(store.runs("", 10)).hasSize(2);
    }

    @Test
    void sessionsComeBackUntilTheyAreRemoved() throws IOException {
        SqlSessions sessions = new SqlSessions(database);
        Session one = new Session("one", "token", NOW, NOW.plusSeconds(60));
        Session two = new Session("two", "token", NOW, NOW.plusSeconds(60));
        sessions.save(one);
        sessions.save(two);

        assertThat(sessions.load()).containsExactlyInAnyOrder(one, two);
        sessions.remove(List.of("one", "unknown"));
        assertThat(sessions.load()).containsExactly(two);
    }

    @Test
    void secretsAreReplacedAndComeBack() throws IOException {
        Secrets secrets = new SqlSecrets(database, vault);
        assertThat(secrets.get("ca.key")).isEmpty();
        secrets.put("ca.key", new byte[] {1, 2, 3});
        secrets.put("ca.key", new byte[] {0, -1});
        assertThat(secrets.get("ca.key")).contains(new byte[] {0, -1});
    }

    @Test
    void aSecretMovedToAnotherNameIsRefused() throws IOException {
        Secrets secrets = new SqlSecrets(database, vault);
        secrets.put("ca.key", new byte[] {1, 2, 3});
        database.write(handle -> handle.execute("UPDATE secret SET name = 'tls.key'"));
        assertThatThrownBy(() -> secrets.get("tls.key"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("secret/tls.key cannot be decrypted");
    }

    @Test
    void noSecretStandsInTheTables() throws IOException {
        store.save(Fleet.empty("f1"), richFleet(), List.of());
        new SqlSecrets(database, vault).put("ca.key", "SECRETKEY".getBytes(StandardCharsets.UTF_8));
        SqlAccessTokens tokens = new SqlAccessTokens(database);
        tokens.add(new Access("admin", Access.Level.ADMIN), "SECRETTOKEN", NOW);
        String all = database.read(
                handle -> handle.select("SELECT * FROM fleet").mapToMap().list().toString()
                        + handle.select("SELECT * FROM secret").mapToMap().list()
                        + handle.select("SELECT * FROM access_token").mapToMap().list());
        assertThat(all)
                .contains("f1", "ca.key", "admin")
                .doesNotContain("SECRETHASH", "SECRETKEY", "SECRETTOKEN", "SWMTKN");
    }

    @Test
    void tokensOpenWhatTheyWereMadeFor() throws IOException {
        SqlAccessTokens tokens = new SqlAccessTokens(database);
        assertThat(tokens.hasAdmin()).isFalse();
        String token = SqlAccessTokens.newToken();
        Access viewer = new Access("screen", Access.Level.VIEWER);
        tokens.add(viewer, token, NOW);
        assertThat(tokens.check(token)).contains(viewer);
        assertThat(new SqlAccessTokens(database).check(token)).contains(viewer);
        assertThat(tokens.check(token + "x")).isEmpty();
        assertThat(tokens.check("")).isEmpty();
        assertThat(tokens.hasAdmin()).isFalse();
    }

    private static Fleet richFleet() {
        Policy policy = new Policy(
                new Policy.User("pi", HASH, List.of("ssh-ed25519 AAAA me")),
                true,
                Policy.Approval.MANUAL,
                Upgrade.FULL,
                new DockerSpec(DockerSource.DIRECTORY, "/opt/docker"),
                new Policy.Swarm(List.of("10.20.0.0/16"), 26, "eth0"),
                Map.of("1", "kitchen"),
                new Policy.Auto(3, 30));
        SwarmRecord swarm = new SwarmRecord(
                2,
                "n1",
                "c2",
                List.of("c1", "c2"),
                new JoinTokens("c2", "SWMTKN-m", "SWMTKN-w"),
                List.of("gone"),
                true,
                "c1");
        FleetNode full = ExampleNodes.withSpec(ExampleNodes.reporting(3, "manager", NodeState.FAILED))
                .with(new FleetNode.Marks(Map.of("rack", "a", "disk", ""), "another-swarm"));
        return Fleet.empty("f1")
                .with(policy)
                .with(swarm)
                .with(ExampleNodes.arrived(1))
                .with(ExampleNodes.arrived(2))
                .with(full)
                .with(ExampleNodes.reporting(5, "worker", NodeState.READY)
                        .withCandidate(new FleetNode.Candidate("{\"new\":1}", "why", "10.0.0.9", NOW, true)))
                .with(Refusals.none().with("one").with("two"))
                .with(new EnrolmentKey("k1", "aa", NOW, NOW.plusSeconds(60), 5, false))
                .with(new EnrolmentKey("k0", "bb", NOW.plusSeconds(1), NOW.plusSeconds(60), 0, true))
                .withConnected(Set.of(full.id()));
    }

    private static LogLine line(String nodeId, String text) {
        return new LogLine(0, nodeId, NOW, "install Docker", text);
    }
}
