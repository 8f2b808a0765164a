package io.swarmctl.agent.link;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How the gateway receives the node on the bus. A gateway that does not let a node in says nothing and hangs up: with TLS
 * 1.3 the agent's handshake is over by then. Told by the tunnel's threads, asked by the one that renews.
 */
public final class Reception {
    private final AtomicInteger turnedAway = new AtomicInteger();
    private final Runnable welcome;

    /** @param welcome is told, by one of the tunnel's threads, whenever a connection has been answered */
    public Reception(Runnable welcome) {
        this.welcome = welcome;
    }

    void welcomed() {
        turnedAway.set(0);
        welcome.run();
    }

    void turnedAway() {
        turnedAway.incrementAndGet();
    }

    /** How often in a row the gateway hung up without a word. */
    public int turnedAwayInARow() {
        return turnedAway.get();
    }
}
