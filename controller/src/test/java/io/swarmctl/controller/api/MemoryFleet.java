package io.swarmctl.controller.api;

import io.swarmctl.controller.fleet.ActionRun;
import io.swarmctl.controller.fleet.BenchmarkRun;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetEvent;
import io.swarmctl.controller.fleet.FleetException;
import io.swarmctl.controller.fleet.FleetLoop;
import io.swarmctl.controller.fleet.FleetStore;
import io.swarmctl.controller.fleet.LogLine;
import io.swarmctl.controller.fleet.Transition;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A fleet in memory: changes are made one after the other, as the real loop does, and nothing is planned. */
public final class MemoryFleet implements FleetLoop, FleetStore {
    private final InstantSource clock;
    private final List<FleetEvent> events = new CopyOnWriteArrayList<>();
    private final List<LogLine> log = new CopyOnWriteArrayList<>();
    private final List<ActionRun> runs = new CopyOnWriteArrayList<>();
    private final List<BenchmarkRun> benchmarks = new CopyOnWriteArrayList<>();
    private Fleet fleet;
    private boolean brokenDisk;
    private volatile Runnable onChange = () -> {};

    public MemoryFleet(InstantSource clock, Fleet fleet) {
        this.clock = clock;
        this.fleet = fleet;
    }

    @Override
    public synchronized Fleet fleet() {
        return fleet;
    }

    @Override
    public synchronized CompletableFuture<Fleet> change(String actor, Change change) {
        try {
            Transition made = change.apply(fleet);
            List<FleetEvent> told = new ArrayList<>();
            for (Transition.Note note : made.notes()) {
                told.add(new FleetEvent(
                        clock.instant(), actor, note.nodeId().isEmpty() ? null : note.nodeId(), note.text()));
            }
            save(fleet, made.fleet(), told);
            return CompletableFuture.completedFuture(fleet);
        } catch (FleetException | IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** What happens to the fleet by itself. */
    public synchronized void become(UnaryOperator<Fleet> change) {
        fleet = change.apply(fleet);
        onChange.run();
    }

    /** Is told of every new fleet, after it. */
    public void onChange(Runnable listener) {
        onChange = listener;
    }

    public synchronized void breakDisk() {
        brokenDisk = true;
    }

    public synchronized void mendDisk() {
        brokenDisk = false;
    }

    @Override
    public synchronized Optional<Fleet> load() {
        return Optional.of(fleet);
    }

    @Override
    public synchronized void save(Fleet before, Fleet after, List<FleetEvent> told) throws IOException {
        if (brokenDisk) {
            throw new IOException("disk full");
        }
        fleet = after;
        onChange.run();
        told.forEach(event -> events.add(0, event));
    }

    /** What has happened before, the oldest first. */
    public void add(List<FleetEvent> told) {
        told.forEach(event -> events.add(0, event));
    }

    @Override
    public List<FleetEvent> events(int limit) {
        return events.stream().limit(limit).toList();
    }

    @Override
    public List<FleetEvent> eventsOf(String nodeId, int limit) {
        return events.stream()
                .filter(event -> nodeId.equals(event.nodeId()))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized void appendLog(List<LogLine> lines) {
        for (LogLine line : lines) {
            log.add(new LogLine(log.size() + 1L, line.nodeId(), line.at(), line.action(), line.text()));
        }
    }

    @Override
    public List<LogLine> log(String nodeId, long after, int limit) {
        return log.stream()
                .filter(line -> line.nodeId().equals(nodeId) && line.sequence() > after)
                .limit(limit)
                .toList();
    }

    @Override
    public void appendRuns(List<ActionRun> more) {
        more.forEach(run -> runs.add(0, run));
    }

    @Override
    public List<ActionRun> runs(String nodeId, int limit) {
        return runs.stream()
                .filter(run -> nodeId.isEmpty() || run.nodeId().equals(nodeId))
                .limit(limit)
                .toList();
    }

    @Override
    public void appendBenchmark(BenchmarkRun run) {
        benchmarks.add(run);
    }

    @Override
    public List<BenchmarkRun> benchmarks() {
        return List.copyOf(benchmarks);
    }

    @Override
    public void close() {}
}
