package io.swarmctl.agent.converge;

import io.swarmctl.agent.link.Bus.BusException;
import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.Kind;
import io.swarmctl.common.trust.Signed;
import io.swarmctl.common.wire.BusMaps;
import io.swarmctl.common.wire.OutputChunk;
import io.swarmctl.common.wire.Report;
import io.swarmctl.common.wire.WireJson;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends signed reports and output on a thread of its own, so that a lost controller never holds up the machine's work.
 * Of reports always the latest only: what could not be sent in time is not sent late. The methods exclude each other.
 */
final class Dispatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);
    private static final int MOST_LINES = 500;
    private static final int LONGEST_LINE = 1_000;
    /** Signing costs a Pi more than sending: a thousand lines of apt are a few dozen pieces. */
    private static final Duration GATHER = Duration.ofSeconds(1);

    private static final Duration RETRY = Duration.ofSeconds(2);

    private final String nodeId;
    private final EcKeys keys;
    private final LongSupplier numbers;

    private final Deque<String> lines = new ArrayDeque<>();
    private String printing = "";
    private @Nullable Report latest;
    private boolean unsent;

    /** Until when the latest report waits, by {@link System#nanoTime()}. */
    private long due;

    private boolean connected;
    private boolean closed;

    /** Kept for when it has to be sent again: without a controller that is every two seconds. The sender's own. */
    private @Nullable SignedReport signed;

    private record SignedReport(long number, String text) {}

    /** @param numbers the next number for a piece of output */
    Dispatch(String nodeId, EcKeys keys, LongSupplier numbers) {
        this.nodeId = nodeId;
        this.keys = keys;
        this.numbers = numbers;
    }

    /** Begins to send; what has been offered before is sent first. */
    void start(Reporter.Outbox outbox) {
        Thread thread = new Thread(() -> run(outbox), "report");
        thread.setDaemon(true);
        thread.start();
    }

    /** @param within how long it may wait; what waits goes with the next that is offered */
    synchronized void offer(Report report, Duration within) {
        long at = System.nanoTime() + within.toNanos();
        due = unsent && due - at < 0 ? due : at;
        latest = report;
        unsent = true;
        notifyAll();
    }

    synchronized void offer(String action, String line) {
        if (lines.size() >= MOST_LINES) {
            lines.removeFirst();
        }
        printing = action;
        lines.addLast(line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line);
        notifyAll();
    }

    /** Sends the latest report again, as after a new connection: the controller may have lost it. */
    synchronized void again() {
        unsent = latest != null;
        due = System.nanoTime();
        connected = true;
        notifyAll();
    }

    /** Waits until everything is sent, at the longest for that time. */
    synchronized void flush(Duration longest) throws InterruptedException {
        due = System.nanoTime();
        notifyAll();
        await(longest, () -> !unsent && lines.isEmpty());
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    private void run(Reporter.Outbox outbox) {
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
        while (!closed && !isDue() && lines.isEmpty()) {
            if (unsent) {
                TimeUnit.NANOSECONDS.timedWait(this, due - System.nanoTime());
            } else {
                wait();
            }
        }
        return !closed;
    }

    private boolean isDue() {
        return unsent && System.nanoTime() - due >= 0;
    }

    private synchronized void awaitConnection() throws InterruptedException {
        connected = false;
        await(RETRY, () -> connected);
    }

    /** Lets lines gather; a new report does not wait for them. */
    private synchronized void gather() throws InterruptedException {
        await(GATHER, this::isDue);
    }

    private synchronized void await(Duration longest, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        long millis = longest.toMillis();
        while (!closed && !condition.getAsBoolean() && millis > 0) {
            wait(millis);
            millis = (deadline - System.nanoTime()) / 1_000_000;
        }
    }

    private void sendReport(Reporter.Outbox outbox) throws BusException {
        Report report;
        synchronized (this) {
            if (!isDue() || latest == null) {
                return;
            }
            report = latest;
        }
        if (signed == null || signed.number() != report.number()) {
            signed = new SignedReport(
                    report.number(), Signed.sign(Kind.REPORT, WireJson.write(report, Report.class), keys.privateKey()));
        }
        outbox.put(BusMaps.REPORTS, signed.text());
        synchronized (this) {
            unsent = latest.number() != report.number();
            notifyAll();
        }
    }

    private void sendLines(Reporter.Outbox outbox) throws BusException {
        OutputChunk chunk;
        synchronized (this) {
            if (lines.isEmpty()) {
                return;
            }
            chunk = new OutputChunk(nodeId, numbers.getAsLong(), printing, new ArrayList<>(lines));
            lines.clear();
        }
        outbox.put(
                BusMaps.OUTPUT, Signed.sign(Kind.OUTPUT, WireJson.write(chunk, OutputChunk.class), keys.privateKey()));
    }
}
