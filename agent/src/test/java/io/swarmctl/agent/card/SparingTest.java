package io.swarmctl.agent.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparingTest {
    @Test
    void theFirstTimeIsAfterHalfAMinute() {
        assertThat(Sparing.isDue(Duration.ofSeconds(29), null, true)).isFalse();
        assertThat(Sparing.isDue(Duration.ofSeconds(30), null, true)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        // alone, since it was told, is it due again: if something is new, and if nothing is
        "PT1M,  PT30S,  false, false",
        "PT2M,  PT2M,   true,  false",
        "PT11M, PT9M,   true,  false",
        "PT11M, PT11M,  true,  true",
        "PT5H,  PT10M,  true,  false",
        "PT5H,  PT5H,   true,  true",
        "P9D,   PT23H,  true,  false",
        "P9D,   P1D,    true,  true",
    })
    void theLongerItLastsTheMoreSeldomItIsTold(Duration alone, Duration sinceTold, boolean news, boolean old) {
        assertThat(Sparing.isDue(alone, sinceTold, true)).isEqualTo(news);
        assertThat(Sparing.isDue(alone, sinceTold, false)).isEqualTo(old);
    }

    @Test
    void aWeekWithoutAControllerCostsTheCardAFewWritesOnly() {
        assertThat(writesInAWeek(false)).isLessThan(20);
        assertThat(writesInAWeek(true)).isLessThan(7 * 24 * 6 + 20);
    }

    /** Of a board that tries every ten seconds. */
    private static int writesInAWeek(boolean flapping) {
        int writes = 0;
        Duration told = null;
        for (Duration alone = Duration.ZERO; alone.toDays() < 7; alone = alone.plusSeconds(10)) {
            if (Sparing.isDue(alone, told == null ? null : alone.minus(told), flapping)) {
                told = alone;
                writes++;
            }
        }
        return writes;
    }
}
