package io.swarmctl.agent.machine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that only pauses move. */
final class QuickTime implements InstantSource, Patience.Pause {
    static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

    private Instant now = START;

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public void sleep(Duration duration) {
        now = now.plus(duration);
    }

    void set(Instant other) {
        now = other;
    }

    Patience patience() {
        return new Patience(this, this);
    }

    Duration passed() {
        return Duration.between(START, now);
    }
}
