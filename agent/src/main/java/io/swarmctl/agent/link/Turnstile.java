package io.swarmctl.agent.link;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Has one connection to the gateway opened at a time, and only for whoever came last: the local client makes a new
 * connection when it has given up the one before, and handshakes for the old one would only make the new one slower. Any
 * thread may use it.
 */
final class Turnstile {
    private final Semaphore opening = new Semaphore(1);
    private final AtomicLong arrivals = new AtomicLong();

    /** Somebody has come; the number is to be shown when passing. */
    long arrive() {
        return arrivals.incrementAndGet();
    }

    /**
     * Waits until nobody else passes, then opens a connection.
     *
     * @throws IOException when somebody has come since, or no connection can be opened
     */
    Socket pass(long arrival, Tunnel.Uplink uplink) throws IOException, InterruptedException {
        opening.acquire();
        try {
            if (arrival != arrivals.get()) {
                throw new IOException("another connection was asked for meanwhile");
            }
            return uplink.connect();
        } finally {
            opening.release();
        }
    }
}
