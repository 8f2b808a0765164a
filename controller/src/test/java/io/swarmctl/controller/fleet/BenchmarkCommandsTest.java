package io.swarmctl.controller.fleet;

import static io.swarmctl.controller.fleet.ExampleNodes.NOW;
import static io.swarmctl.controller.fleet.ExampleNodes.arrived;
import static io.swarmctl.controller.fleet.ExampleNodes.reporting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.common.wire.Asks;
import io.swarmctl.common.wire.NodeState;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BenchmarkCommandsTest {
    private final String one = arrived(1).id();
    private final String two = arrived(2).id();
    private final Fleet fleet = ExampleNodes.fleet(
                    arrived(1),
                    reporting(2, "worker", NodeState.FAILED),
                    reporting(3, "worker", NodeState.CONVERGING),
                    arrived(4))
            .withConnected(Set.of(one, two, arrived(3).id()));

    @Test
    void theNextSpecsAskForIt() throws Exception {
        Transition asked = BenchmarkCommands.ask(fleet, List.of("pi-001", two), NOW);

        assertThat(FleetPlanner.plan(asked.fleet(), NOW).goals().get(one).asks())
                .isEqualTo(new Asks(null, NOW.toEpochMilli()));
        assertThat(asked.fleet().benchmarks()).containsOnlyKeys(one, two);
        assertThat(asked.notes())
                .extracting(Transition.Note::text)
                .containsExactly("pi-001 is asked for a benchmark", "pi-002 is asked for a benchmark");
    }

    @Test
    void whoIsAskedAgainHasANewQuestionAndADiagnosisBesideIt() throws Exception {
        Fleet once = BenchmarkCommands.ask(fleet, List.of(one), NOW).fleet();
        Fleet twice =
                BenchmarkCommands.ask(once, List.of(one), NOW.minusSeconds(60)).fleet();
        Fleet both = DiagnosisCommands.ask(twice, one, NOW).fleet();

        assertThat(both.asks(one)).isEqualTo(new Asks(NOW.toEpochMilli(), NOW.toEpochMilli() + 1));
    }

    @Test
    void nobodyIsAskedWhenOneCannotBeMeasuredRightly() {
        assertThatThrownBy(() -> BenchmarkCommands.ask(fleet, List.of("pi-001", "pi-003"), NOW))
                .isInstanceOfSatisfying(
                        FleetException.class,
                        refusal -> assertThat(refusal.remedy()).contains("swarmctl nodes list pi-003 --watch"))
                .hasMessageStartingWith("pi-003 is busy")
                .hasMessageEndingWith("and would be measured wrongly");
        assertThatThrownBy(() -> BenchmarkCommands.ask(fleet, List.of("pi-001", "pi-004"), NOW))
                .hasMessage("pi-004 is not connected, so it cannot be measured");
        assertThatThrownBy(() -> BenchmarkCommands.ask(fleet, List.of("pi-009"), NOW))
                .hasMessage("there is no node pi-009");
    }
}
