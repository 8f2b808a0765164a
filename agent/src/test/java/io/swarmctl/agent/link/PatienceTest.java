package io.swarmctl.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.wire.EnrolmentAnswer.Result;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private final Patience patience = new Patience(new Random(1));

    @Test
    void aPersonWhoApprovesANodeSeesItComeWithinHalfAMinuteHoweverLongItHasWaited() {
        assertThat(longest(Optional.of(Result.PENDING))).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
    }

    @Test
    void aControllerThatIsSwitchedOnIsFoundWithinAQuarter() {
        assertThat(longest(Optional.empty())).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(15));
    }

    @Test
    void whoIsRefusedAsksLessAndLessOftenAndForEver() {
        assertThat(longest(Optional.of(Result.REFUSED))).isBetween(Duration.ofSeconds(150), Duration.ofMinutes(5));
    }

    @Test
    void anotherAnswerBeginsAnew() {
        assertThat(longest(Optional.of(Result.REFUSED))).isGreaterThan(Duration.ofMinutes(2));
        assertThat(patience.after(Optional.of(Result.PENDING))).isLessThanOrEqualTo(Duration.ofSeconds(4));
        assertThat(patience.after(Optional.of(Result.REFUSED))).isLessThanOrEqualTo(Duration.ofSeconds(4));
    }

    /** After a thousand of the same answer. */
    private Duration longest(Optional<Result> result) {
        Duration last = Duration.ZERO;
        for (int i = 0; i < 1_000; i++) {
            last = patience.after(result);
            assertThat(last).isPositive();
        }
        return last;
    }
}
