package io.swarmctl.agent.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5), new Random(1));

    @Test
    void waitsDoubleUpToTheCapWithJitterInTheLowerHalf() {
        long full = 5_000;
        for (int failure = 0; failure < 100; failure++) {
            assertThat(backoff.next().toMillis()).isBetween(full / 2, full);
            full = Math.min(300_000, full * 2);
        }
    }

    @Test
    void successBeginsAnew() {
        for (int failure = 0; failure < 10; failure++) {
            backoff.next();
        }
        backoff.reset();
        assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofSeconds(5));
    }
}
