package io.swarmctl.controller.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConductTest {
    private static final int PING = 28;
    private static final int CHATTY_OUTPUT = 40_000;
    private static final int LONGEST_OUTPUT = 2_000_000;

    /** Begins anywhere, as the JVM's own does. */
    private long now = -Duration.ofDays(3).toNanos();

    private final Conduct conduct = new Conduct(now);

    @Test
    void anAgentThatPrintsAllTheTimeNeverWaits() {
        for (int second = 0; second < 600; second++) {
            for (int i = 0; i < 5; i++) {
                assertThat(send(CHATTY_OUTPUT)).isZero();
                assertThat(send(8_000)).isZero();
                pass(Duration.ofMillis(200));
            }
            assertThat(send(PING)).isZero();
            assertThat(conduct.floods(now)).isFalse();
        }
    }

    @Test
    void anAgentThatComesBackAgainAndAgainNeverWaits() {
        for (int times = 0; times < 6; times++) {
            assertThat(conduct.connect(now)).isEmpty();
            for (int i = 0; i < 14; i++) {
                assertThat(send(8_000)).isZero();
            }
            pass(Duration.ofMillis(700));
        }
    }

    @Test
    void evenTheLongestMessagesWaitForLessThanAClientsPatience() {
        Duration longest = Duration.ZERO;
        for (int i = 0; i < 20; i++) {
            Duration wait = send(LONGEST_OUTPUT);
            longest = wait.compareTo(longest) > 0 ? wait : longest;
            pass(wait);
            if (!wait.isZero()) {
                assertThat(send(LONGEST_OUTPUT)).isZero();
            }
        }
        assertThat(longest).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(4));
    }

    @Test
    void aFloodIsHeldToItsShare() {
        int passed = 0;
        long end = now + Duration.ofSeconds(10).toNanos();
        while (now < end) {
            Duration wait = send(PING);
            passed += wait.isZero() ? 1 : 0;
            pass(wait.isZero() ? Duration.ofNanos(10_000) : wait);
        }
        assertThat(passed).isBetween(290, 310);
        pass(Duration.ofMillis(100));
        assertThat(conduct.floods(now)).isTrue();
        pass(Duration.ofSeconds(4));
        assertThat(send(PING)).isZero();
        assertThat(conduct.floods(now)).isFalse();
    }

    @Test
    void connectionsHaveAShareToo() {
        int let = 0;
        for (int i = 0; i < 1_000; i++) {
            Optional<String> refusal = conduct.connect(now);
            assertThat(refusal)
                    .satisfiesAnyOf(
                            open -> assertThat(open).isEmpty(),
                            shut -> assertThat(shut).contains("it connects too often"));
            let += refusal.isEmpty() ? 1 : 0;
            pass(Duration.ofMillis(20));
        }
        assertThat(let).isBetween(25, 32);
    }

    @Test
    void everyViolationShutsOutForLongerUpToABound() {
        Duration[] expected = {seconds(5), seconds(10), seconds(20), seconds(40), seconds(80)};
        for (Duration exile : expected) {
            assertThat(conduct.violate(now)).isEqualTo(exile);
            pass(exile.minusMillis(1));
            assertThat(conduct.connect(now)).contains("it is shut out");
            pass(Duration.ofMillis(2));
            assertThat(conduct.connect(now)).isEmpty();
        }
        Duration longest = Duration.ZERO;
        for (int i = 0; i < 10; i++) {
            longest = conduct.violate(now);
            pass(longest.plusSeconds(1));
        }
        assertThat(longest).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void whatCameOnItsOtherConnectionsIsTheSameOffence() {
        assertThat(conduct.violate(now)).isEqualTo(seconds(5));
        pass(Duration.ofMillis(20));
        assertThat(conduct.violate(now)).isEqualTo(seconds(5));
    }

    @Test
    void afterAnHourWithoutOneTheNextIsAFirst() {
        for (int i = 0; i < 5; i++) {
            pass(conduct.violate(now).plusSeconds(1));
        }
        pass(Duration.ofHours(1));
        assertThat(conduct.violate(now)).isEqualTo(seconds(5));
    }

    private Duration send(int size) {
        return conduct.send(size, now);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
