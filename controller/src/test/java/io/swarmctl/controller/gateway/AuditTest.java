package io.swarmctl.controller.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditTest {
    private final List<String> notes = new ArrayList<>();
    private final Audit audit = new Audit((nodeId, text) -> notes.add(nodeId + " " + text));
    private long now = 42;

    @Test
    void theFirstIsToldAtOnceForEachNode() {
        violation("a", "one");
        violation("b", "two");
        assertThat(notes).containsExactly("a one", "b two");
    }

    @Test
    void whatFollowsWithinAMinuteIsCountedAndToldAfterIt() {
        violation("a", "one");
        pass(Duration.ofSeconds(59));
        violation("a", "two");
        violation("a", "three");
        audit.catchUp(now);
        assertThat(notes).containsExactly("a one");

        pass(Duration.ofSeconds(1));
        audit.catchUp(now);
        assertThat(notes).containsExactly("a one", "a three (and 1 more before)");
        audit.catchUp(now);
        assertThat(notes).hasSize(2);
    }

    @Test
    void aLaterOneSaysHowManyThereWereBesides() {
        violation("a", "one");
        violation("a", "two");
        violation("a", "three");
        pass(Duration.ofMinutes(2));
        violation("a", "four");
        assertThat(notes).containsExactly("a one", "a four (and 2 more before)");
    }

    @Test
    void anHourOfThemIsToldOnceAMinute() {
        for (int second = 0; second < 3_600; second++) {
            violation("a", "again");
            audit.catchUp(now);
            pass(Duration.ofSeconds(1));
        }
        assertThat(notes).hasSize(60).last().isEqualTo("a again (and 59 more before)");
    }

    private void violation(String nodeId, String text) {
        audit.tell(nodeId, text, now);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
