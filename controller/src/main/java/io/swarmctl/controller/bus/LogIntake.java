package io.swarmctl.controller.bus;

import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.Kind;
import io.swarmctl.common.trust.Signed;
import io.swarmctl.common.trust.TrustException;
import io.swarmctl.common.wire.BusMaps;
import io.swarmctl.common.wire.OutputChunk;
import io.swarmctl.common.wire.WireException;
import io.swarmctl.common.wire.WireJson;
import io.swarmctl.controller.fleet.ActionRun;
import io.swarmctl.controller.fleet.FleetLoop;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.FleetStore;
import io.swarmctl.controller.fleet.LogLine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what nodes print, and how long their actions took. When more comes than can be kept, the newest is passed over. */
public final class LogIntake implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogIntake.class);
    private static final int MOST_WAITING = 2_000;

    /** Who prints without end fills no more of the queue than this, so that the others are kept too. */
    private static final int MOST_OF_A_NODE = 20;

    private static final int MOST_AT_ONCE = 100;

    private static final int MOST_LINES = 500;
    private static final int LONGEST_LINE = 1_000;
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private final FleetLoop loop;
    private final FleetStore store;
    private final InstantSource clock;
    private final BlockingQueue<Source> queue = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Map<String, Integer> waiting = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::run, "node-logs");

    /** Set by whoever closes, read by the thread that keeps lines. */
    private volatile boolean closed;

    /** What is to be kept. */
    private record News(List<LogLine> lines, List<ActionRun> runs) {}

    /** Something that gives news; it is asked on the thread that keeps them. */
    @FunctionalInterface
    private interface Source {
        News news() throws TrustException, WireException;
    }

    public LogIntake(FleetLoop loop, FleetStore store, InstantSource clock) {
        this.loop = loop;
        this.store = store;
        this.clock = clock;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Takes a signed {@link OutputChunk} off the bus. Does not block. */
    public void receive(String nodeId, String jws) {
        Instant at = clock.instant();
        boolean hasPlace = waiting.merge(nodeId, 1, Integer::sum) <= MOST_OF_A_NODE;
        boolean taken = hasPlace
                && offer(() -> {
                    leave(nodeId);
                    return new News(read(nodeId, jws, at), List.of());
                });
        if (!taken) {
            leave(nodeId);
        }
    }

    /** Does not block. */
    public void receive(List<LogLine> lines, List<ActionRun> runs) {
        boolean unused = offer(() -> new News(lines, runs));
    }

    @Override
    public void close() {
        closed = true;
        // Never by interrupt: one that comes in the middle of a write closes the database's files.
        boolean unused = offer(() -> new News(List.of(), List.of()));
        try {
            thread.join(STOP_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean offer(Source source) {
        boolean taken = queue.offer(source);
        if (!taken) {
            LOG.debug("the nodes print more than can be kept");
        }
        return taken;
    }

    private void leave(String nodeId) {
        waiting.computeIfPresent(nodeId, (id, chunks) -> chunks == 1 ? null : chunks - 1);
    }

    private void run() {
        try {
            while (!closed) {
                List<Source> sources = new ArrayList<>();
                sources.add(queue.take());
                queue.drainTo(sources, MOST_AT_ONCE);
                keep(sources);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep(List<Source> sources) {
        List<LogLine> lines = new ArrayList<>();
        List<ActionRun> runs = new ArrayList<>();
        for (Source source : sources) {
            try {
                News news = source.news();
                lines.addAll(news.lines());
                runs.addAll(news.runs());
            } catch (TrustException | WireException e) {
                LOG.warn("output of a node is not taken: {}", e.getMessage());
            } catch (RuntimeException e) {
                LOG.error("output of a node could not be taken", e);
            }
        }
        try {
            store.appendLog(lines);
            store.appendRuns(runs);
        } catch (IOException e) {
            LOG.warn("nodes' output could not be kept: {}", e.getMessage());
        }
    }

    private List<LogLine> read(String nodeId, String jws, Instant at) throws TrustException, WireException {
        FleetNode node = loop.fleet().nodes().get(nodeId);
        if (node == null) {
            return List.of();
        }
        if (jws.length() > BusMaps.longest(BusMaps.OUTPUT)) {
            throw new TrustException("output of " + jws.length() + " characters", null);
        }
        String text = Signed.verify(Kind.OUTPUT, jws, EcKeys.fromJwk(node.publicJwk()));
        OutputChunk chunk = WireJson.read(text, OutputChunk.class);
        return chunk.lines().stream()
                .limit(MOST_LINES)
                .map(line -> new LogLine(0, nodeId, at, shortened(chunk.action()), shortened(line)))
                .toList();
    }

    private static String shortened(String text) {
        return text.length() > LONGEST_LINE ? text.substring(0, LONGEST_LINE) : text;
    }
}
