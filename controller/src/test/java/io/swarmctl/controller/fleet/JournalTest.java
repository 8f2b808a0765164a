package io.swarmctl.controller.fleet;

import static io.swarmctl.controller.fleet.ExampleNodes.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.wire.Failure;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.Outcome;
import io.swarmctl.common.wire.Report;
import io.swarmctl.common.wire.Running;
import io.swarmctl.common.wire.SwarmFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JournalTest {
    private static final Outcome DONE = new Outcome("set the hostname", 1_000, 1_240, List.of(), null);
    private static final Outcome FAILED = new Outcome(
            "install Docker",
            3_000,
            31_000,
            List.of("E: no space"),
            new Failure("disk full", "use a larger card", true));
    private static final Running AT_WORK = new Running("install Docker", 3_000, "");

    @Test
    void tellsWhatHasEndedAndWhatHasBegun() {
        assertThat(lines(null, report(AT_WORK, DONE)))
                .containsExactly("set the hostname: done in 1.2 s", "install Docker: begin");
    }

    @Test
    void tellsWhyAnActionFailedAndWhatToDo() {
        assertThat(lines(report(AT_WORK, DONE), report(null, DONE, FAILED)))
                .containsExactly(
                        "install Docker: failed after 31.0 s: disk full", "install Docker: to do: use a larger card");
    }

    @Test
    void tellsNothingTwice() {
        assertThat(lines(report(AT_WORK, DONE), report(AT_WORK, DONE))).isEmpty();
    }

    @Test
    void anActionThatBeginsAgainIsTold() {
        Running again = new Running("install Docker", 90_000, "");
        assertThat(lines(report(AT_WORK, DONE), report(again, DONE))).containsExactly("install Docker: begin");
    }

    private static List<String> lines(@Nullable Report before, Report report) {
        return Journal.lines(before, report, NOW).stream()
                .map(line -> line.action() + ": " + line.text())
                .toList();
    }

    private static Report report(@Nullable Running running, Outcome... outcomes) {
        Report like = ExampleNodes.report(ExampleNodes.arrived(1), NodeState.CONVERGING, SwarmFacts.inactive());
        return new Report(
                like.nodeId(),
                2,
                "0.1.0",
                1,
                1,
                like.state(),
                like.facts(),
                List.of(),
                List.of(),
                List.of(outcomes),
                running,
                "",
                null,
                null);
    }
}
