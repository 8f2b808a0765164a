package io.swarmctl.controller.fleet;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Keeps the fleet. What a method has returned from, a power cut does not undo. */
public interface FleetStore extends AutoCloseable {
    /**
     * The fleet as last saved; empty when nothing was ever saved.
     *
     * @throws IOException when the store cannot be read
     */
    Optional<Fleet> load() throws IOException;

    /**
     * Stores what differs between the two, and the events, in one transaction.
     *
     * @throws IOException when it cannot be stored; then nothing is
     */
    void save(Fleet before, Fleet after, List<FleetEvent> events) throws IOException;

    /**
     * The latest events, newest first.
     *
     * @throws IOException when the store cannot be read
     */
    List<FleetEvent> events(int limit) throws IOException;

    /**
     * The latest events about one node, newest first.
     *
     * @throws IOException when the store cannot be read
     */
    List<FleetEvent> eventsOf(String nodeId, int limit) throws IOException;

    /** Adds lines to a node's log; old lines beyond a bound go. */
    void appendLog(List<LogLine> lines) throws IOException;

    /** Lines of a node's log with a sequence number greater than {@code after}, oldest first. */
    List<LogLine> log(String nodeId, long after, int limit) throws IOException;

    /** Adds actions that nodes have carried out; the oldest beyond a bound go. */
    void appendRuns(List<ActionRun> runs) throws IOException;

    /**
     * Actions that nodes have carried out, the latest first.
     *
     * @param nodeId of the node whose they are to be; empty for all
     */
    List<ActionRun> runs(String nodeId, int limit) throws IOException;

    /** Adds what a node was found to be; its oldest beyond a bound go. */
    void appendBenchmark(BenchmarkRun run) throws IOException;

    /** How fast the fleet's nodes were found to be, each the last times that it was measured. */
    List<BenchmarkRun> benchmarks() throws IOException;

    @Override
    void close();
}
