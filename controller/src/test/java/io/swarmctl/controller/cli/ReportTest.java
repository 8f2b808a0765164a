package io.swarmctl.controller.cli;

import static io.swarmctl.controller.fleet.ExampleNodes.NOW;
import static io.swarmctl.controller.fleet.ExampleNodes.arrived;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.controller.fleet.ActionRun;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How long what nodes do takes, on the command line as on the dashboard. */
class ReportTest {
    private static final String B = "Raspberry Pi 3 Model B Rev 1.2";
    private static final String PLUS = "Raspberry Pi 3 Model B Plus Rev 1.3";

    @RegisterExtension
    final Desk desk = new Desk();

    @Test
    void durationsAreComparedByModel() {
        desk.fleet()
                .appendRuns(List.of(
                        run(1, B, "install Docker", 140_000, true),
                        run(1, B, "install Docker", 9_000, false),
                        run(2, PLUS, "install Docker", 115_400, true),
                        run(2, PLUS, "refresh the package index", 6_200, true)));

        assertThat(desk.typist().types("report", "durations").out()).isEqualTo("""
                KIND                        MODEL   COUNT   FAILED   MEDIAN       P95
                install Docker              3B+     1       -        115 s        115 s
                install Docker              3B      1       1        2 min 20 s   2 min 20 s
                refresh the package index   3B+     1       -        6.2 s        6.2 s
                of the latest 4 actions
                """);
        assertThat(desk.typist().types("report", "durations", "-o", "csv").out().lines())
                .startsWith(
                        "kind,model,count,failed,least,p25,median,p75,p95,most",
                        "install Docker," + PLUS + ",1,0,115.4,115.4,115.4,115.4,115.4,115.4",
                        "install Docker," + B + ",1,1,140.0,140.0,140.0,140.0,140.0,140.0");
        assertThat(desk.typist().types("report", "durations", "-o", "json").out())
                .contains("\"median\": 115.4");
        assertThat(desk.typist().types("report", "durations", "-o", "yaml").out())
                .contains("kind: refresh the package index");
    }

    @Test
    void whereNothingWasTimedTheReportSaysWhatToDo() {
        assertThat(desk.typist().types("report", "durations").out())
                .contains("no action has been timed yet: give nodes a role");
    }

    @Test
    void actionsAreListedTheLatestFirst() {
        desk.fleet()
                .appendRuns(List.of(
                        run(1, B, "set hostname pi-001", 300, true), run(2, PLUS, "install Docker", 9_000, false)));

        assertThat(desk.typist().types("report", "actions").out()).isEqualTo("""
                WHEN      NODE     MODEL   TOOK    ENDED    ACTION
                9 s ago   pi-002   3B+     9.0 s   failed   install Docker
                9 s ago   pi-001   3B      0.3 s   well     set hostname pi-001
                """);
        assertThat(desk.typist()
                        .types("report", "actions", "--node", "pi-001", "-o", "name")
                        .out())
                .isEqualTo("pi-001\n");
        assertThat(desk.typist().types("report", "actions", "-n", "0").exitCode())
                .isEqualTo(2);
    }

    private static ActionRun run(int number, String model, String action, long millis, boolean ok) {
        return new ActionRun(arrived(number).id(), model, action, NOW.minusSeconds(9), millis, ok);
    }
}
