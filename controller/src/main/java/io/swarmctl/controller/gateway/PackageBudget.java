package io.swarmctl.controller.gateway;

import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicInteger;

/** How much of the package cache the whole fleet may have at once. Used on several event loops. */
final class PackageBudget {
    /** apt opens one for each archive, and asks for what it needs one after the other; one is the turn itself. */
    static final int CONNECTIONS_A_NODE = 8;

    /** All nodes of the largest fleet. One that waits costs a connection, and a few bytes now and then. */
    private static final int MOST_WAITING = 10_000;

    /** Agents that know of no turns do not wait for one. */
    private static final int CONNECTIONS_WITHOUT_TURN = 1_000;

    /** Agents lose patience after three times as long, and the gateway closes what is silent for that long. */
    private static final long TELL_EVERY_MILLIS = 5_000;

    private final Vertx vertx;
    private final Turns turns;
    private final int mostConnections;
    private final long telling;
    private final AtomicInteger withoutTurn = new AtomicInteger();

    /** @param nodesAtOnce how many nodes fetch at once; the others wait */
    PackageBudget(Vertx vertx, int nodesAtOnce) {
        this.vertx = vertx;
        this.turns = new Turns(nodesAtOnce, CONNECTIONS_A_NODE, MOST_WAITING);
        this.mostConnections = MOST_WAITING + nodesAtOnce * CONNECTIONS_A_NODE + CONNECTIONS_WITHOUT_TURN;
        this.telling = vertx.setPeriodic(TELL_EVERY_MILLIS, timer -> turns.tellHowLong());
    }

    /** Whether the node may have one more connection, when there are that many of all nodes. */
    boolean hasRoomFor(String nodeId, int connections) {
        return connections < mostConnections || turns.isAtIt(nodeId);
    }

    Turns turns() {
        return turns;
    }

    /** Counts a connection of a node that fetches without its turn; false when there are too many. */
    boolean takeWithoutTurn() {
        if (withoutTurn.incrementAndGet() <= CONNECTIONS_WITHOUT_TURN) {
            return true;
        }
        withoutTurn.decrementAndGet();
        return false;
    }

    void giveBackWithoutTurn() {
        withoutTurn.decrementAndGet();
    }

    void close() {
        vertx.cancelTimer(telling);
    }
}
