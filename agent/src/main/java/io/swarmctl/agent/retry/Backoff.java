package io.swarmctl.agent.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next try: doubling up to a cap, with jitter, so that a fleet does not try in step. */
public final class Backoff {
    private final Duration first;
    private final Duration cap;
    private final RandomGenerator random;
    private int failures;

    public Backoff(Duration first, Duration cap, RandomGenerator random) {
        this.first = first;
        this.cap = cap;
        this.random = random;
    }

    public void reset() {
        failures = 0;
    }

    /** The wait after one more failure: between half of the full time and the full time. */
    public Duration next() {
        long full = Math.min(cap.toMillis(), first.toMillis() << Math.min(failures, 20));
        failures++;
        return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    }
}
