package io.swarmctl.agent.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.agent.time.Reckoning.Source;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReckoningTest {
    private static final Instant CARD = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant YEARS_OFF = Instant.parse("2045-06-01T00:00:00Z");
    private static final Instant NO_BATTERY = Instant.EPOCH.plusSeconds(30);

    @Test
    void aTimeServiceIsBelievedBeforeTheController() {
        assertThat(Reckoning.of(NOW, true, YEARS_OFF, CARD)).isEqualTo(new Reckoning(Source.SERVICE, NOW, false));
    }

    @Test
    void aTimeServiceThatIsOlderThanTheCardIsNot() {
        assertThat(Reckoning.of(NO_BATTERY, true, NOW, CARD)).isEqualTo(new Reckoning(Source.CONTROLLER, NOW, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1970-01-01T00:00:30Z", "2026-11-20T11:59:00Z", "2026-11-20T12:01:00Z", "2045-06-01T00:00:00Z"})
    void withoutOneTheControllersTimeCountsAndTheClockIsSet(Instant clock) {
        assertThat(Reckoning.of(clock, false, NOW, CARD)).isEqualTo(new Reckoning(Source.CONTROLLER, NOW, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-20T11:59:31Z", "2026-11-20T12:00:00Z", "2026-11-20T12:00:30Z"})
    void forSomeSecondsTheClockIsNotMadeToJump(Instant clock) {
        assertThat(Reckoning.of(clock, false, NOW, CARD)).isEqualTo(new Reckoning(Source.CONTROLLER, NOW, false));
    }

    @Test
    void aControllerWithoutAClockIsNotBelieved() {
        assertThat(Reckoning.of(NOW, false, NO_BATTERY, CARD)).isEqualTo(new Reckoning(Source.NOBODY, NOW, false));
    }

    @Test
    void asLongAsNobodyHasSaidTheTimeNobodyKnowsIt() {
        assertThat(Reckoning.of(NOW, false, null, CARD).source()).isEqualTo(Source.NOBODY);
        assertThat(Reckoning.of(YEARS_OFF, false, null, CARD).source()).isEqualTo(Source.NOBODY);
    }
}
