package io.swarmctl.agent.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.agent.machine.MachineClock;
import io.swarmctl.agent.machine.MachineException;
import io.swarmctl.common.wire.ClockFacts;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimekeeperTest {
    private static final Instant CARD = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private final BoardClock clock = new BoardClock();
    private final Timekeeper time = new Timekeeper(() -> clock.now, clock, CARD, () -> clock.nanos);

    @Test
    void aBoardThatHasJustBootedBelievesNothing() {
        assertThat(time.isKept()).isFalse();
        assertThat(time.believable()).isEmpty();
        assertThat(time.kept()).isEmpty();
        assertThat(time.instant()).isEqualTo(Instant.EPOCH);
        assertThat(time.facts()).isEqualTo(new ClockFacts(false, 0, ""));
    }

    @Test
    void theControllersTimeIsBelievedAndTheClockIsSetToIt() {
        time.told(NOW);
        clock.pass(Duration.ofSeconds(5));
        assertThat(clock.now).isEqualTo(NOW.plusSeconds(5));
        assertThat(time.believable()).contains(NOW.plusSeconds(5));
        assertThat(time.kept()).isEmpty();
        assertThat(time.facts()).isEqualTo(new ClockFacts(false, 0, ""));
    }

    @Test
    void whereTheClockCannotBeSetTheAgentKnowsTheTimeAllTheSame() {
        clock.broken = true;
        time.told(NOW);
        clock.pass(Duration.ofSeconds(5));
        assertThat(clock.now).isEqualTo(Instant.EPOCH.plusSeconds(5));
        assertThat(time.instant()).isEqualTo(NOW.plusSeconds(5));
        assertThat(time.facts())
                .isEqualTo(new ClockFacts(
                        false, -NOW.getEpochSecond(), "date failed with status 1: Operation not permitted"));
    }

    @Test
    void aTimeThatWasToldWronglyIsCorrectedByTheNext() {
        time.told(NOW.plus(Duration.ofDays(4_000)));
        time.told(NOW);
        assertThat(time.believable()).contains(NOW);
        assertThat(clock.now).isEqualTo(NOW);
    }

    @Test
    void aControllerWithoutAClockChangesNothing() {
        time.told(NOW);
        time.told(Instant.EPOCH);
        assertThat(time.believable()).contains(NOW);
        assertThat(clock.now).isEqualTo(NOW);
    }

    @Test
    void aTimeServiceCountsBeforeTheController() {
        clock.now = NOW;
        clock.kept = true;
        assertThat(time.isKept()).isTrue();
        time.told(NOW.plus(Duration.ofDays(4_000)));
        assertThat(time.kept()).contains(NOW);
        assertThat(clock.now).isEqualTo(NOW);
        assertThat(time.facts()).isEqualTo(new ClockFacts(true, 0, ""));
    }

    @Test
    void aTimeServiceThatComesLaterTakesOver() {
        clock.broken = true;
        time.told(NOW);
        clock.now = NOW.plusSeconds(3);
        clock.kept = true;
        assertThat(time.isKept()).isTrue();
        assertThat(time.instant()).isEqualTo(NOW.plusSeconds(3));
        assertThat(time.facts().trouble()).isEmpty();
    }

    /** A clock without a battery. */
    private static final class BoardClock implements MachineClock {
        Instant now = Instant.EPOCH;
        long nanos = 7;
        boolean kept;
        boolean broken;

        void pass(Duration duration) {
            now = now.plus(duration);
            nanos += duration.toNanos();
        }

        @Override
        public boolean isKept() {
            return kept;
        }

        @Override
        public void set(Instant time) throws MachineException {
            if (broken) {
                throw new MachineException(
                        "date failed with status 1: Operation not permitted", "see what it printed", true, null);
            }
            now = time;
        }
    }
}
