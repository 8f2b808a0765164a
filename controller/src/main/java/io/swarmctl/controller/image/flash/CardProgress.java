package io.swarmctl.controller.image.flash;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How far one card is. Synchronized, since three threads meet here: the card's own, the one that shows it, and the one
 * that stops all.
 */
final class CardProgress {
    private final Target target;
    private final long total;
    private final LongSupplier nanos;
    private final Runnable atEnd;
    private Phase phase = Phase.WAITING;
    private boolean stopping;
    private long done;
    private long began;
    private long movedAt;
    private Duration writing = Duration.ZERO;
    private Duration comparing = Duration.ZERO;
    private String problem = "";

    /** @param atEnd run once, when nothing more will change */
    CardProgress(Target target, long total, LongSupplier nanos, Runnable atEnd) {
        this.target = target;
        this.total = total;
        this.nanos = nanos;
        this.atEnd = atEnd;
        this.movedAt = nanos.getAsLong();
    }

    synchronized void begin(Phase next) throws InterruptedIOException {
        mayGoOn();
        account();
        phase = next;
        done = 0;
        began = nanos.getAsLong();
        movedAt = began;
    }

    synchronized void moved(int bytes) {
        done += bytes;
        movedAt = nanos.getAsLong();
    }

    /** @throws InterruptedIOException when the card is to be left as it is */
    synchronized void mayGoOn() throws InterruptedIOException {
        if (stopping || phase.isEnd()) {
            throw new InterruptedIOException("stopped");
        }
    }

    synchronized void stop() {
        stopping = true;
    }

    synchronized void good() {
        end(Phase.GOOD);
    }

    /** It was stopped, and will not go on. */
    synchronized void stopped() {
        end(phase.whenStopped());
    }

    synchronized void failed(String why) {
        if (!phase.isEnd()) {
            problem = why;
            end(Phase.FAILED);
        }
    }

    private void end(Phase last) {
        if (!phase.isEnd()) {
            account();
            phase = last;
            atEnd.run();
        }
    }

    /** Gives it up when nothing has moved for that long; its thread hangs in the kernel then. */
    synchronized void giveUpAfter(Duration patience) {
        if (!phase.isEnd() && nanos.getAsLong() - movedAt > patience.toNanos()) {
            failed("the card has not answered for " + patience.toSeconds() + " s");
        }
    }

    private void account() {
        writing = spent(Phase.WRITING, writing);
        comparing = spent(Phase.COMPARING, comparing);
    }

    private Duration spent(Phase in, Duration before) {
        return phase == in ? Duration.ofNanos(nanos.getAsLong() - began) : before;
    }

    synchronized CardStanding standing() {
        return new CardStanding(
                target, phase, done, total, spent(Phase.WRITING, writing), spent(Phase.COMPARING, comparing), problem);
    }
}
