package io.swarmctl.controller.server;

import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetLoop;
import io.swarmctl.controller.fleet.Transition;
import io.swarmctl.controller.gateway.Presence;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells the fleet which nodes are connected, and tells it again when it could not be told: nobody else would, before the
 * next node comes or goes. Called on the gateway's event loops and the fleet's thread.
 */
final class ConnectedNodes implements Presence, AutoCloseable {
    private static final long RETRY_SECONDS = 1;

    private final FleetLoop loop;
    private final Executor later;
    private final AtomicBoolean waiting = new AtomicBoolean();

    /** Volatile: the latest counts, whichever thread reads it. */
    private volatile Set<String> latest = Set.of();

    private volatile boolean closed;

    /** @param later where it is tried again, after a pause */
    ConnectedNodes(FleetLoop loop, Executor later) {
        this.loop = loop;
        this.later = later;
    }

    static Executor inAMoment() {
        return CompletableFuture.delayedExecutor(RETRY_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void connected(Set<String> nodeIds) {
        latest = nodeIds;
        tell();
    }

    @Override
    public void close() {
        closed = true;
    }

    private void tell() {
        CompletableFuture<Fleet> unused = loop.change(
                        "controller", fleet -> Transition.silent(fleet.withConnected(latest)))
                .whenComplete((fleet, failure) -> {
                    if (failure != null && !closed && waiting.compareAndSet(false, true)) {
                        later.execute(this::again);
                    }
                });
    }

    private void again() {
        waiting.set(false);
        tell();
    }
}
