package io.swarmctl.controller.image.flash;

import java.time.Duration;

/**
 * How far a card is.
 *
 * @param done bytes of the image that this phase has behind it
 * @param total bytes of the image
 * @param problem why it failed; empty when it has not
 */
public record CardStanding(
        Target target, Phase phase, long done, long total, Duration writing, Duration comparing, String problem) {
    private static final double MEGA = 1e6;
    private static final double NANOS = 1e9;
    private static final int WHOLE = 100;

    /** What it is when it goes no further. */
    public CardStanding ifStopped() {
        return new CardStanding(target, phase.whenStopped(), done, total, writing, comparing, problem);
    }

    public int percent() {
        return (int) (done * WHOLE / total);
    }

    /** In MB/s; 0 when there was no time. */
    public double writeRate() {
        return phase == Phase.WRITING ? rate(done, writing) : rate(total, writing);
    }

    /** In MB/s; 0 when there was no time. */
    public double compareRate() {
        return phase == Phase.COMPARING ? rate(done, comparing) : rate(total, comparing);
    }

    /** Of what is being done now. */
    public double rate() {
        return phase == Phase.COMPARING ? compareRate() : writeRate();
    }

    /** Until this phase is over, if it goes on as it went. */
    public Duration left() {
        double rate = rate();
        return rate == 0 ? Duration.ZERO : Duration.ofSeconds(Math.round((total - done) / (rate * MEGA)));
    }

    private static double rate(long bytes, Duration time) {
        return time.isZero() ? 0 : bytes / MEGA / (time.toNanos() / NANOS);
    }
}
