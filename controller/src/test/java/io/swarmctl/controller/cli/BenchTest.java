package io.swarmctl.controller.cli;

import static io.swarmctl.controller.fleet.ExampleNodes.arrived;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.controller.cli.Typist.Result;
import io.swarmctl.controller.fleet.ExampleNodes;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetNode;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes are measured, and models compared. */
class BenchTest {
    private static final String PLUS = "Raspberry Pi 3 Model B Plus Rev 1.3";

    @RegisterExtension
    final Desk desk = new Desk();

    /** pi-001 and pi-002 are 3B, pi-003 and pi-004 are 3B+; all have arrived and are connected. */
    @BeforeEach
    void twoRacks() {
        FleetNode[] nodes = {arrived(1), arrived(2), plus(arrived(3)), plus(arrived(4))};
        Fleet fleet = ExampleNodes.fleet(nodes);
        desk.fleet().become(before -> fleet.withConnected(fleet.nodes().keySet()));
    }

    private static FleetNode plus(FleetNode node) {
        FleetNode.Board board = node.board();
        return FleetNode.arriving(
                new FleetNode.Board(board.id(), PLUS, board.memoryBytes(), board.arrivedAt()),
                node.name(),
                node.standing());
    }

    private FleetNode node(int number) {
        return desk.nodes().get(number - 1);
    }

    private void measured() {
        desk.benchmarked(node(1), false, Map.of("cpu-one", 15_000.0, "link-round-trip", 0.9));
        desk.benchmarked(node(2), false, Map.of("cpu-one", 15_400.0, "link-round-trip", 0.95));
        desk.benchmarked(node(3), false, Map.of("cpu-one", 18_000.0, "link-down", 29.04));
        desk.benchmarked(node(4), true, Map.of("cpu-one", 14_000.0));
    }

    @Test
    void namedNodesAreAskedAtOnce() {
        Result run = desk.typist().types("bench", "run", "pi-[001-002]");

        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(run.out()).isEqualTo("pi-001 is asked for a benchmark\npi-002 is asked for a benchmark\n");
        assertThat(desk.fleet().fleet().benchmarks().keySet()).containsExactlyInAnyOrder(node(1).id(), node(2).id());
    }

    @Test
    void whoDescribesThemIsAskedFirst() {
        Result script = desk.typist().types("bench", "run", "--select", "model=3B");
        assertThat(script.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(script.err()).contains("nobody can be asked here");
        assertThat(desk.fleet().fleet().benchmarks()).isEmpty();

        Result refused = desk.typist().answering("n").types("bench", "run", "-l", "model=3B");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);

        Result sure = desk.typist().types("bench", "run", "--select", "model=3B", "--yes");
        assertThat(sure.exitCode()).as(sure.all()).isZero();
        assertThat(desk.fleet().fleet().benchmarks()).hasSize(2);
    }

    @Test
    void aDryRunMeasuresNothing() {
        Result run = desk.typist().types("bench", "run", "--all", "--dry-run");

        assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_YET);
        assertThat(run.out()).contains("nothing was changed");
        assertThat(desk.fleet().fleet().benchmarks()).isEmpty();
    }

    @Test
    void whoIsNotThereIsRefusedWhenNamedAndPassedOverWhenDescribed() {
        desk.fleet()
                .become(fleet -> fleet.withConnected(fleet.connected().stream()
                        .filter(id -> !id.equals(arrived(2).id()))
                        .collect(Collectors.toSet())));

        Result named = desk.typist().types("bench", "run", "pi-001", "pi-002");
        assertThat(named.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(named.err()).contains("pi-002 is not connected, so it cannot be measured");
        assertThat(desk.fleet().fleet().benchmarks()).isEmpty();

        assertThat(desk.typist().types("bench", "run", "-l", "model=3B").exitCode())
                .isZero();
        assertThat(desk.fleet().fleet().benchmarks())
                .containsOnlyKeys(arrived(1).id());
    }

    @Test
    void whoWaitsSeesHowManyAreMeasured() {
        AtomicInteger seconds = new AtomicInteger();
        Result run = desk.typist()
                .pausing(time -> desk.benchmarked(node(seconds.incrementAndGet()), false, Map.of("cpu-one", 1.0)))
                .types("bench", "run", "pi-001", "pi-002", "--wait");

        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(run.err()).isEqualTo("""
                           0 s  0 of 2 nodes measured: pi-001, pi-002
                           1 s  1 of 2 nodes measured: pi-002
                           2 s  2 of 2 nodes measured
                        """);
    }

    @Test
    void whoWaitsTooLongIsToldForWhom() {
        Result run = desk.typist().types("bench", "run", "pi-001", "--wait", "--timeout", "5s");

        assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_YET);
        assertThat(run.err()).endsWith("0 of 1 node measured within 5 s; not yet: pi-001\n");
    }

    @Test
    void aControllerThatHasForgottenTheQuestionIsNotWaitedFor() {
        Result run = desk.typist()
                .pausing(time -> desk.fleet().become(fleet -> Fleet.empty("fleet-1")))
                .types("bench", "run", "pi-001", "--wait");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("error: the controller has forgotten the question");
    }

    @Test
    void modelsStandSideBySideSteadyAndThrottledApart() {
        measured();

        List<String> lines = desk.typist().types("bench", "show").out().lines().toList();

        assertThat(lines.get(0))
                .matches("MEASURE +UNIT +3B \\(2\\) +3B\\+ \\(1\\) +3B\\+ throttled \\(1\\) +3B\\+ / 3B");
        assertThat(lines.get(1)).matches("CPU, one core +rounds/s +15000 +18000 +14000 +1.20");
        assertThat(lines).anyMatch(line -> line.matches("link, from the controller +MB/s +- +29.0 +- +-"));
        assertThat(desk.typist().types("bench", "show", "-o", "wide").out()).contains("15000 [15000..15400]");
    }

    @Test
    void modelsAreCsvAndJsonForPrograms() {
        measured();

        assertThat(desk.typist().types("bench", "show", "-o", "csv").out())
                .startsWith("""
                        model,condition,nodes,measure,unit,better,median,p25,p75,least,most
                        Raspberry Pi 3 Model B,steady,2,cpu-one,rounds/s,more,15000.0,15000.0,15400.0,15000.0,15400.0
                        """)
                .contains("Raspberry Pi 3 Model B Plus,throttled,1,cpu-one,");
        JsonObject json = new JsonObject(
                desk.typist().types("bench", "show", "-o", "json").out());
        assertThat(json.getJsonArray("measures").getJsonObject(8).getString("better"))
                .isEqualTo("less");
        assertThat(json.getJsonArray("models")
                        .getJsonObject(0)
                        .getJsonObject("values")
                        .getJsonObject("cpu-one")
                        .getDouble("median"))
                .isEqualTo(15_000.0);
    }

    @Test
    void nodesAreListedWithWhatIsMissing() {
        measured();
        desk.typist().types("bench", "run", "pi-001");

        List<String> lines = desk.typist().types("bench", "list").out().lines().toList();

        assertThat(lines.get(0)).startsWith("NODE     MODEL   STATE       MEASURED   CPU-ONE");
        assertThat(lines.get(1)).matches("pi-001 +3B +steady +0 s ago +15000 .*card-read: no room.*");
        assertThat(lines.get(4)).startsWith("pi-004   3B+     throttled");
        assertThat(desk.typist()
                        .types("bench", "list", "-l", "model=3B+", "-o", "name")
                        .out())
                .isEqualTo("pi-003\npi-004\n");
        assertThat(new JsonObject(desk.typist()
                                .types("bench", "list", "pi-002", "-o", "json")
                                .out())
                        .getJsonArray("results"))
                .hasSize(1);
        assertThat(desk.typist().types("bench", "list", "-o", "csv").out())
                .startsWith("node,model,state,measured,before,after,cpu-one,");
    }

    @Test
    void whoWasAskedAndHasNotAnsweredIsListedToo() {
        desk.typist().types("bench", "run", "pi-001");

        assertThat(desk.typist().types("bench", "list").out()).containsPattern("pi-001 +- +pending +never");
        assertThat(desk.typist().types("bench", "show").out()).isEqualTo("""
                        1 node not measured yet: swarmctl bench list
                        nothing was measured yet; measure: swarmctl bench run --all --wait
                        """);
    }
}
