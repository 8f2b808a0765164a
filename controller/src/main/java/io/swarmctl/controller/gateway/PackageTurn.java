package io.swarmctl.controller.gateway;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One connection's part in the budget: its node's turn, if it asks for that, until the connection ends; and whether it may
 * fetch. Belongs to one event loop, but for what {@link Turns} tells it.
 */
final class PackageTurn implements Turns.Comer {
    /** A Pi that brings a whole old card up to date is done well before. Its apt may go on, without its turn. */
    private static final long LONGEST_NANOS = Duration.ofHours(1).toNanos();

    private final Context context;
    private final PackageBudget budget;
    private final String nodeId;
    private State state = State.NONE;

    /** Null as long as it has not asked. */
    private @Nullable Asker asker;

    private long begunAt;
    private boolean withoutTurn;

    private enum State {
        NONE,
        WAITING,
        COME,
        ENDED
    }

    /** Is told on the connection's event loop, and once that it is over. */
    interface Asker {
        void waitBehind(int nodes);

        void go();

        /** The turn will not come. */
        void sendAway();
    }

    /** To be made on the connection's event loop. */
    PackageTurn(Vertx vertx, PackageBudget budget, String nodeId) {
        this.context = vertx.getOrCreateContext();
        this.budget = budget;
        this.nodeId = nodeId;
    }

    /** Asks for the turn; one that has come already is not asked for again. */
    void ask(Asker wanting) {
        if (state != State.NONE) {
            wanting.go();
            return;
        }
        asker = wanting;
        state = State.WAITING;
        if (!budget.turns().come(nodeId, this)) {
            state = State.NONE;
            wanting.sendAway();
        }
    }

    boolean isAwaited() {
        return state == State.WAITING;
    }

    /** Whether it has lasted for as long as it may. */
    boolean isOver() {
        return state == State.COME && System.nanoTime() - begunAt > LONGEST_NANOS;
    }

    /** Whether packages may be asked for on this connection. */
    boolean mayFetch() {
        if (state != State.COME && !withoutTurn && !budget.turns().isAtIt(nodeId)) {
            withoutTurn = budget.takeWithoutTurn();
            return withoutTurn;
        }
        return true;
    }

    /** The connection has ended. */
    void end() {
        if (state == State.WAITING || state == State.COME) {
            budget.turns().go(nodeId, this);
        }
        state = State.ENDED;
        if (withoutTurn) {
            withoutTurn = false;
            budget.giveBackWithoutTurn();
        }
    }

    @Override
    public void go() {
        context.runOnContext(now -> {
            if (state == State.WAITING && asker != null) {
                state = State.COME;
                begunAt = System.nanoTime();
                asker.go();
            }
        });
    }

    @Override
    public void waitBehind(int nodes) {
        context.runOnContext(now -> {
            if (state == State.WAITING && asker != null) {
                asker.waitBehind(nodes);
            }
        });
    }

    @Override
    public void giveWay() {
        context.runOnContext(now -> {
            if (state == State.WAITING && asker != null) {
                state = State.NONE;
                asker.sendAway();
            }
        });
    }
}
