package io.swarmctl.agent.machine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Waits for what takes its time, up to a bound. Tests give it a clock that its pauses move. */
final class Patience {
    private final InstantSource clock;
    private final Pause pause;

    Patience(InstantSource clock, Pause pause) {
        this.clock = clock;
        this.pause = pause;
    }

    /** Waits in the machine's own time. */
    static Patience real() {
        return new Patience(
                () -> Instant.EPOCH.plusNanos(System.nanoTime()), duration -> Thread.sleep(duration.toMillis()));
    }

    /**
     * Asks again and again until the answer is yes or the time is over; at least once.
     *
     * @return whether the answer was yes
     */
    boolean until(Duration atMost, Duration between, Question question) throws MachineException {
        Instant deadline = clock.instant().plus(atMost);
        while (!question.ask()) {
            if (!clock.instant().plus(between).isBefore(deadline)) {
                return false;
            }
            try {
                pause.sleep(between);
            } catch (InterruptedException e) {
                throw MachineException.interrupted("waiting", e);
            }
        }
        return true;
    }

    /** How time passes. */
    @FunctionalInterface
    interface Pause {
        void sleep(Duration duration) throws InterruptedException;
    }

    /** Whether what is waited for has come. */
    @FunctionalInterface
    interface Question {
        boolean ask() throws MachineException;
    }
}
