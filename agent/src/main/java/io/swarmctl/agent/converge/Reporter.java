package io.swarmctl.agent.converge;

import io.swarmctl.agent.link.Bus;
import io.swarmctl.agent.link.Bus.BusException;
import io.swarmctl.common.plan.Plan;
import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.Kind;
import io.swarmctl.common.trust.Signed;
import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.BusMaps;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.Outcome;
import io.swarmctl.common.wire.OutputChunk;
import io.swarmctl.common.wire.Report;
import io.swarmctl.common.wire.Running;
import io.swarmctl.common.wire.WireJson;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the controller how the node is. Always the latest only: what could not be sent in time is not sent late. Sends
 * on a thread of its own, so that a lost controller never holds up the machine's work; the methods exclude each other.
 */
public final class Reporter implements Narrator, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);
    private static final int MOST_LINES = 500;
    private static final int LONGEST_LINE = 1_000;
    private static final Duration GATHER = Duration.ofMillis(200);
    private static final Duration REPEAT_AFTER = Duration.ofSeconds(55);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final String nodeId;
    private final String agentVersion;
    private final EcKeys keys;
    private final TokenSeal tokens;
    private final InstantSource clock;

    private long number;
    private @Nullable Report latest;
    private long latestAt;
    private boolean dirty;
    private boolean connected;
    private boolean closed;
    private String printing = "";
    private final Deque<String> lines = new ArrayDeque<>();

    /** Where signed reports go; {@link Bus#put}. */
    @FunctionalInterface
    public interface Outbox {
        void put(String map, String value) throws BusException;
    }

    /** The swarm's join tokens as the controller may see them, or null when this machine manages no swarm. */
    @FunctionalInterface
    public interface TokenSeal {
        @Nullable
        String seal(NodeSpec spec, Facts facts);
    }

    /** @param firstNumber higher than that of any report of this node key before */
    public Reporter(
            String nodeId, String agentVersion, EcKeys keys, long firstNumber, TokenSeal tokens, InstantSource clock) {
        this.nodeId = nodeId;
        this.agentVersion = agentVersion;
        this.keys = keys;
        this.number = firstNumber;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** Begins to send; what has been told before is sent first. */
    public void start(Outbox outbox) {
        Thread thread = new Thread(() -> run(outbox), "report");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void begins(NodeSpec spec, Facts facts, Plan plan, Action action, List<Outcome> done) {
        Running running = new Running(action.title(), clock.millis(), "");
        LOG.info("begin: {}", action.title());
        offer(spec, facts, plan, NodeState.CONVERGING, done, running);
    }

    @Override
    public synchronized void prints(Action action, String line) {
        if (lines.size() >= MOST_LINES) {
            lines.removeFirst();
        }
        printing = action.title();
        lines.addLast(line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line);
        notifyAll();
    }

    @Override
    public void ends(Pass pass) {
        offer(pass.spec(), pass.facts(), pass.plan(), pass.state(), pass.outcomes(), null);
    }

    /** Sends the latest report again, as after a new connection: the controller may have lost it. */
    public synchronized void again() {
        dirty = latest != null;
        connected = true;
        notifyAll();
    }

    /** Waits until everything is sent, at the longest for that time. */
    public synchronized void flush(Duration longest) throws InterruptedException {
        await(longest, () -> !dirty && lines.isEmpty());
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    private void offer(
            NodeSpec spec, Facts facts, Plan plan, NodeState state, List<Outcome> outcomes, @Nullable Running running) {
        String sealed = tokens.seal(spec, facts);
        synchronized (this) {
            List<Outcome> shown = outcomes.isEmpty() && latest != null ? latest.outcomes() : outcomes;
            Report next = new Report(
                    nodeId,
                    number + 1,
                    agentVersion,
                    spec.epoch(),
                    spec.generation(),
                    state,
                    facts,
                    plan.actions(),
                    plan.findings(),
                    shown,
                    running,
                    plan.waitingFor(),
                    sealed);
            long now = clock.millis();
            if (latest != null && isSameNews(latest, next) && now - latestAt < REPEAT_AFTER.toMillis()) {
                return;
            }
            number++;
            latest = next;
            latestAt = now;
            dirty = true;
            notifyAll();
        }
    }

    /** Whether a person would learn nothing from the second: temperatures and ages change all the time. */
    private static boolean isSameNews(Report a, Report b) {
        return a.epoch() == b.epoch()
                && a.generation() == b.generation()
                && a.state() == b.state()
                && a.plan().equals(b.plan())
                && a.findings().equals(b.findings())
                && a.outcomes().equals(b.outcomes())
                && Objects.equals(a.running(), b.running())
                && a.waitingFor().equals(b.waitingFor())
                && Objects.equals(a.sealedTokens(), b.sealedTokens())
                && a.facts().swarm().equals(b.facts().swarm())
                && a.facts().docker().equals(b.facts().docker())
                && a.facts().interfaces().equals(b.facts().interfaces());
    }

    private void run(Outbox outbox) {
        try {
            while (awaitWork()) {
                try {
                    sendReport(outbox);
                    sendLines(outbox);
                } catch (BusException e) {
                    LOG.debug("not reported: {}", e.getMessage());
                    awaitConnection();
                }
                gather();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean awaitWork() throws InterruptedException {
        while (!closed && !dirty && lines.isEmpty()) {
            wait();
        }
        return !closed;
    }

    /** Lets lines gather; a new report does not wait for them. */
    private synchronized void gather() throws InterruptedException {
        await(GATHER, () -> dirty);
    }

    private synchronized void awaitConnection() throws InterruptedException {
        connected = false;
        await(RETRY, () -> connected);
    }

    private synchronized void await(Duration longest, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        long millis = longest.toMillis();
        while (!closed && !condition.getAsBoolean() && millis > 0) {
            wait(millis);
            millis = (deadline - System.nanoTime()) / 1_000_000;
        }
    }

    private void sendReport(Outbox outbox) throws BusException {
        Report report;
        synchronized (this) {
            if (!dirty || latest == null) {
                return;
            }
            report = latest;
        }
        outbox.put(BusMaps.REPORTS, Signed.sign(Kind.REPORT, WireJson.write(report, Report.class), keys.privateKey()));
        synchronized (this) {
            dirty = latest == null || latest.number() != report.number();
            notifyAll();
        }
    }

    private void sendLines(Outbox outbox) throws BusException {
        OutputChunk chunk;
        synchronized (this) {
            if (lines.isEmpty()) {
                return;
            }
            chunk = new OutputChunk(nodeId, ++number, printing, new ArrayList<>(lines));
            lines.clear();
        }
        outbox.put(
                BusMaps.OUTPUT, Signed.sign(Kind.OUTPUT, WireJson.write(chunk, OutputChunk.class), keys.privateKey()));
    }
}
