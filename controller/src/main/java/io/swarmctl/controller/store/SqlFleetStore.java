package io.swarmctl.controller.store;

import io.swarmctl.controller.fleet.ActionRun;
import io.swarmctl.controller.fleet.BenchmarkRun;
import io.swarmctl.controller.fleet.EnrolmentKey;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetEvent;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.FleetStore;
import io.swarmctl.controller.fleet.Live;
import io.swarmctl.controller.fleet.LogLine;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;

/** The fleet in SQL, a row for each node, key, event and line. */
final class SqlFleetStore implements FleetStore {
    static final int LINES_KEPT = 5_000;
    static final int EVENTS_KEPT = 100_000;
    static final int RUNS_KEPT = 100_000;

    /** Of each node. */
    static final int BENCHMARKS_KEPT = 10;

    /** So many lines a node's log grows beyond the bound before it is cut. */
    private static final int LINES_OVER = 500;

    private static final int RUNS_OVER = 5_000;

    private final Database database;
    private final Rows rows;

    private final AtomicInteger runsSinceCut = new AtomicInteger();

    /** Lines added to each node's log since it was last cut; two threads at once cut once too often at worst. */
    private final Map<String, Integer> linesSinceCut = new ConcurrentHashMap<>();

    SqlFleetStore(Database database, Vault vault) {
        this.database = database;
        this.rows = new Rows(vault);
    }

    @Override
    public Optional<Fleet> load() throws IOException {
        return database.read(handle -> {
            Optional<Fleet> head = rows.fleet(handle);
            if (head.isEmpty()) {
                return head;
            }
            Map<String, FleetNode> nodes = new TreeMap<>();
            for (FleetNode node : rows.nodes(handle)) {
                nodes.put(node.id(), node);
            }
            Map<String, EnrolmentKey> keys = new LinkedHashMap<>();
            for (EnrolmentKey key : rows.keys(handle)) {
                keys.put(key.id(), key);
            }
            Fleet fleet = head.get();
            return Optional.of(new Fleet(
                    fleet.id(),
                    fleet.epoch(),
                    fleet.policy(),
                    nodes,
                    keys,
                    RefusalRows.all(handle),
                    fleet.swarm(),
                    Live.none()));
        });
    }

    @Override
    public void save(Fleet before, Fleet after, List<FleetEvent> events) throws IOException {
        database.write(handle -> {
            saveHead(handle, before, after);
            saveNodes(handle, before.nodes(), after.nodes());
            saveKeys(handle, before.keys(), after.keys());
            RefusalRows.save(handle, before.refusals(), after.refusals());
            Timeline.addEvents(handle, events);
        });
    }

    private void saveHead(Handle handle, Fleet before, Fleet after) {
        boolean same = before.id().equals(after.id())
                && before.epoch() == after.epoch()
                && before.policy().equals(after.policy())
                && before.swarm().equals(after.swarm());
        if (!same || !rows.hasFleet(handle)) {
            rows.putFleet(handle, after);
        }
    }

    private void saveNodes(Handle handle, Map<String, FleetNode> before, Map<String, FleetNode> after) {
        before.keySet().stream().filter(id -> !after.containsKey(id)).forEach(id -> {
            rows.removeNode(handle, id);
            BenchmarkRows.remove(handle, id);
        });
        rows.putNodes(
                handle,
                after.values().stream()
                        .filter(node -> !node.equals(before.get(node.id())))
                        .toList());
    }

    private void saveKeys(Handle handle, Map<String, EnrolmentKey> before, Map<String, EnrolmentKey> after) {
        before.keySet().stream().filter(id -> !after.containsKey(id)).forEach(id -> rows.removeKey(handle, id));
        for (EnrolmentKey key : after.values()) {
            if (!Objects.equals(before.get(key.id()), key)) {
                rows.putKey(handle, key);
            }
        }
    }

    @Override
    public List<FleetEvent> events(int limit) throws IOException {
        return database.read(handle -> Timeline.events(handle, limit));
    }

    @Override
    public List<FleetEvent> eventsOf(String nodeId, int limit) throws IOException {
        return database.read(handle -> Timeline.eventsOf(handle, nodeId, limit));
    }

    /** Removes the oldest events and actions beyond their bounds. */
    void cutEvents() throws IOException {
        database.write(handle -> {
            Timeline.cutEvents(handle, EVENTS_KEPT);
            ActionRuns.cut(handle, RUNS_KEPT);
        });
    }

    @Override
    public void appendLog(List<LogLine> lines) throws IOException {
        if (lines.isEmpty()) {
            return;
        }
        Map<String, Integer> added = new HashMap<>();
        lines.forEach(line -> added.merge(line.nodeId(), 1, Integer::sum));
        database.write(handle -> {
            Timeline.addLines(handle, lines);
            added.forEach((nodeId, count) -> cutLog(handle, nodeId, count));
        });
    }

    private void cutLog(Handle handle, String nodeId, int added) {
        if (linesSinceCut.merge(nodeId, added, Integer::sum) >= LINES_OVER) {
            Timeline.cutLines(handle, nodeId, LINES_KEPT);
            linesSinceCut.put(nodeId, 0);
        }
    }

    @Override
    public List<LogLine> log(String nodeId, long after, int limit) throws IOException {
        return database.read(handle -> Timeline.lines(handle, nodeId, after, limit));
    }

    @Override
    public void appendRuns(List<ActionRun> runs) throws IOException {
        if (runs.isEmpty()) {
            return;
        }
        database.write(handle -> {
            ActionRuns.add(handle, runs);
            if (runsSinceCut.addAndGet(runs.size()) >= RUNS_OVER) {
                ActionRuns.cut(handle, RUNS_KEPT);
                runsSinceCut.set(0);
            }
        });
    }

    @Override
    public List<ActionRun> runs(String nodeId, int limit) throws IOException {
        return database.read(handle -> ActionRuns.latest(handle, nodeId, limit));
    }

    @Override
    public void appendBenchmark(BenchmarkRun run) throws IOException {
        database.write(handle -> {
            BenchmarkRows.put(handle, run);
            BenchmarkRows.cut(handle, run.nodeId(), BENCHMARKS_KEPT);
        });
    }

    @Override
    public List<BenchmarkRun> benchmarks() throws IOException {
        return database.read(BenchmarkRows::all);
    }

    @Override
    public void close() {
        database.close();
    }
}
