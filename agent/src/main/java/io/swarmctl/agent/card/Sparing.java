package io.swarmctl.agent.card;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When it is worth writing to a card, which wears out by it. Pure. */
final class Sparing {
    /** A controller that restarts, or a network that comes up slowly, is not worth it. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Duration DAY = Duration.ofDays(1);

    private Sparing() {}

    /**
     * Whether to write: again after as long as it had lasted when it was written, within bounds. What is new is worth more.
     *
     * @param alone how long no controller has worked with the node
     * @param sinceTold how long ago it was written last; null when it was not
     * @param news whether it is another story by now
     */
    static boolean isDue(Duration alone, @Nullable Duration sinceTold, boolean news) {
        if (sinceTold == null) {
            return alone.compareTo(PATIENCE) >= 0;
        }
        Duration lasted = alone.minus(sinceTold);
        Duration pause = news ? between(MINUTE, lasted, TEN_MINUTES) : between(TEN_MINUTES, lasted, DAY);
        return sinceTold.compareTo(pause) >= 0;
    }

    private static Duration between(Duration least, Duration wanted, Duration most) {
        Duration atLeast = wanted.compareTo(least) < 0 ? least : wanted;
        return atLeast.compareTo(most) > 0 ? most : atLeast;
    }
}
