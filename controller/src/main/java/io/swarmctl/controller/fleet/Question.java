package io.swarmctl.controller.fleet;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that a node is asked to tell, by its spec.
 *
 * @param number that no earlier question of that kind to that node had
 * @param at when it was asked, by the controller's clock
 */
public record Question(long number, Instant at) {
    /** The next one; numbers go on after a restart of the controller, which forgets them, for they follow the time. */
    static Question after(@Nullable Question before, Instant now) {
        return new Question(Math.max(now.toEpochMilli(), before == null ? 0 : before.number() + 1), now);
    }
}
