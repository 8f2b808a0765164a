package io.swarmctl.controller.gateway;

import java.time.Duration;

/** Gives so many at once, and in the long run so many a second. Time is an argument, in nanoseconds from any origin. */
final class TokenBucket {
    private static final double NANOS = 1e9;

    private final double most;
    private final double perSecond;
    private double tokens;
    private long filledAt;

    TokenBucket(double most, double perSecond, long now) {
        this.most = most;
        this.perSecond = perSecond;
        this.tokens = most;
        this.filledAt = now;
    }

    /** How long until that many can be taken; zero when they can be now. Asking for more than it ever holds waits until it is full. */
    Duration until(double many, long now) {
        fill(now);
        double missing = Math.min(many, most) - tokens;
        return missing <= 0 ? Duration.ZERO : Duration.ofNanos((long) Math.ceil(missing / perSecond * NANOS));
    }

    /** To be called when {@link #until} says zero. */
    void take(double many, long now) {
        fill(now);
        tokens -= many;
    }

    boolean hasHalf(long now) {
        fill(now);
        return tokens >= most / 2;
    }

    private void fill(long now) {
        double earned = (now - filledAt) / NANOS * perSecond;
        tokens = Math.min(most, tokens + Math.max(0, earned));
        filledAt = now;
    }
}
