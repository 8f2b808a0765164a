package io.swarmctl.controller.server;

import io.swarmctl.controller.fleet.FleetLoop.Trouble;
import io.swarmctl.controller.fleet.StoreException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the store takes what it is given, and why not. Told by the fleet's thread, asked by every other. */
final class StoreHealth {
    private static final Logger LOG = LoggerFactory.getLogger(StoreHealth.class);

    /** Volatile: written by the fleet's thread alone, and the latest counts whichever thread reads it. */
    private volatile @Nullable Trouble trouble;

    Optional<Trouble> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** Said once, and again when there is another reason: the store is tried every few seconds. */
    void failed(IOException failure, Instant now) {
        Trouble before = trouble;
        Trouble next = trouble(failure, before == null ? now : before.since());
        if (before == null || !next.problem().equals(before.problem())) {
            LOG.error("nothing can be changed now: {}", failure.getMessage());
        }
        trouble = next;
    }

    void worked() {
        if (trouble != null) {
            trouble = null;
            LOG.info("the store takes changes again");
        }
    }

    private static Trouble trouble(IOException failure, Instant since) {
        return failure instanceof StoreException store
                ? new Trouble(since, store.problem(), store.remedy())
                : new Trouble(since, String.valueOf(failure.getMessage()), "see the controller's log");
    }
}
