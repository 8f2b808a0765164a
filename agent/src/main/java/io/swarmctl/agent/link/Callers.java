package io.swarmctl.agent.link;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local connections to the tunnel, of which the newest counts: a client that calls again has given up its call before,
 * whether that still waits or is being carried. Used by the tunnel's threads, so the methods exclude each other.
 */
final class Callers implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Callers.class);

    /** In bytes: what is said before the call is carried is little more than who calls. */
    private static final int MOST_SAID = 4_096;

    private final Duration fresh;
    private @Nullable Socket waiting;
    private long waitingSince;
    private @Nullable Runnable hangUp;
    private boolean closed;

    /**
     * A call that is to be carried.
     *
     * @param said what it has said already
     */
    record Call(Socket socket, ByteBuffer said) {}

    /** @param fresh who has waited for longer has little patience left for what is to come, and is to call again */
    Callers(Duration fresh) {
        this.fresh = fresh;
    }

    /** Takes the place of the one before. */
    synchronized void come(Socket caller) {
        dismiss();
        endCarried();
        if (closed) {
            quietlyClose(caller);
            return;
        }
        waiting = caller;
        waitingSince = System.nanoTime();
        notifyAll();
    }

    /** Waits until somebody calls; false when nobody will any more. */
    synchronized boolean await() throws InterruptedException {
        while (!closed && waiting == null) {
            wait();
        }
        return !closed;
    }

    /**
     * The newest that has called lately and not hung up, to be carried from now on; waits for it so long.
     *
     * @param hangUp ends its being carried, and is called by whoever calls next
     */
    Optional<Call> take(Duration longest, Runnable hangUp) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        while (true) {
            Optional<Socket> newest = next(end);
            if (newest.isEmpty()) {
                return Optional.empty();
            }
            try {
                Call call = new Call(newest.get(), said(newest.get()));
                if (isStillNewest(hangUp)) {
                    return Optional.of(call);
                }
            } catch (IOException e) {
                LOG.debug("a caller has hung up: {}", e.getMessage());
            }
            quietlyClose(newest.get());
        }
    }

    /** Only now is it being carried: whoever calls while its line is looked at ends nothing, and is taken instead. */
    private synchronized boolean isStillNewest(Runnable whenNextComes) {
        if (closed || waiting != null) {
            return false;
        }
        hangUp = whenNextComes;
        return true;
    }

    /** Hangs up on who waits. */
    synchronized void dismiss() {
        if (waiting != null) {
            quietlyClose(waiting);
            waiting = null;
        }
    }

    /** Ends all calls; nobody can call any more. */
    @Override
    public synchronized void close() {
        closed = true;
        dismiss();
        endCarried();
        notifyAll();
    }

    private synchronized Optional<Socket> next(long end) throws InterruptedException {
        if (System.nanoTime() - waitingSince > fresh.toNanos()) {
            dismiss();
        }
        while (!closed && waiting == null) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return Optional.empty();
            }
            wait(left);
        }
        Optional<Socket> newest = Optional.ofNullable(waiting);
        waiting = null;
        return newest;
    }

    private void endCarried() {
        if (hangUp != null) {
            hangUp.run();
            hangUp = null;
        }
    }

    /**
     * Looks for an instant: nothing tells otherwise whether somebody has hung up who was not read from yet. Who has said
     * something before hanging up is found out behind that.
     */
    private static ByteBuffer said(Socket caller) throws IOException {
        ByteBuffer said = ByteBuffer.allocate(MOST_SAID);
        caller.setSoTimeout(1);
        try {
            while (said.hasRemaining()) {
                int read = caller.getInputStream().read(said.array(), said.position(), said.remaining());
                if (read < 0) {
                    throw new IOException("end of stream");
                }
                said.position(said.position() + read);
            }
        } catch (SocketTimeoutException e) {
            LOG.trace("it says no more for now");
        } finally {
            caller.setSoTimeout(0);
        }
        return said.flip();
    }

    static void quietlyClose(Closeable one) {
        try {
            one.close();
        } catch (IOException e) {
            LOG.debug("closing: {}", e.getMessage());
        }
    }
}
