package io.swarmctl.agent.time;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What time it is, and by whose word.
 *
 * @param time by that word; the machine's own clock when nobody gave it
 * @param setClock whether the machine's clock is to be set to it
 */
record Reckoning(Source source, Instant time, boolean setClock) {
    /** Less is not worth a jump: swarm and TLS bear it. */
    private static final Duration BEARABLE = Duration.ofSeconds(30);

    /** Who says what time it is. */
    enum Source {
        /** A time service keeps the machine's clock. */
        SERVICE,
        /** The controller, in a signed answer. */
        CONTROLLER,
        /** A board without a battery says anything. */
        NOBODY
    }

    /**
     * Whom to believe.
     *
     * @param clock what the machine's clock says
     * @param kept whether a time service says that it keeps the clock
     * @param controllers what a controller has just said; null when none has
     * @param earliest nothing before this is believed of anybody: the card is younger
     */
    static Reckoning of(Instant clock, boolean kept, @Nullable Instant controllers, Instant earliest) {
        if (kept && !clock.isBefore(earliest)) {
            return new Reckoning(Source.SERVICE, clock, false);
        }
        if (controllers != null && !controllers.isBefore(earliest)) {
            boolean isOff = Duration.between(clock, controllers).abs().compareTo(BEARABLE) > 0;
            return new Reckoning(Source.CONTROLLER, controllers, isOff);
        }
        return new Reckoning(Source.NOBODY, clock, false);
    }
}
