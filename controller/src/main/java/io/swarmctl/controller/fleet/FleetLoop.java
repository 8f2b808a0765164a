package io.swarmctl.controller.fleet;

import java.time.Instant;
import java.util.Optional;
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

    /**
     * Why nothing can be changed at the moment.
     *
     * @param since when the first change could not be stored
     */
    record Trouble(Instant since, String problem, String remedy) {}

    /** The fleet as it is now. Any thread may ask. */
    Fleet fleet();

    /** Empty as long as changes can be stored. Any thread may ask. */
    default Optional<Trouble> trouble() {
        return Optional.empty();
    }

    /**
     * Makes the change; the result is the fleet after it, once that is stored.
     *
     * <p>It fails with {@link FleetException} when the change cannot be made, with {@link java.io.IOException} when it
     * cannot be stored.
     *
     * @param actor who asks, for the timeline
     */
    CompletableFuture<Fleet> change(String actor, Change change);

    /**
     * The same for what nobody waits for: it may be made a moment later, together with others like it. A step costs what
     * the fleet is large, whatever has changed.
     */
    default CompletableFuture<Fleet> changeInPassing(String actor, Change change) {
        return change(actor, change);
    }
}
