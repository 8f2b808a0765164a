package io.swarmctl.controller.fleet;

import java.util.concurrent.CompletableFuture;

/**
 * The one owner of the fleet: changes are made one after the other on its thread, stored, planned for, and published.
 */
public interface FleetLoop {
    /** A change of the fleet that somebody asked for. */
    @FunctionalInterface
    interface Change {
        /** @throws FleetException when it cannot be done; then nothing happens */
        Transition apply(Fleet fleet) throws FleetException;
    }

    /** The fleet as it is now. Any thread may ask. */
    Fleet fleet();

    /**
     * Makes the change; the result is the fleet after it, once that is stored.
     *
     * <p>It fails with {@link FleetException} when the change cannot be made, with {@link java.io.IOException} when it
     * cannot be stored.
     *
     * @param actor who asks, for the timeline
     */
    CompletableFuture<Fleet> change(String actor, Change change);
}
