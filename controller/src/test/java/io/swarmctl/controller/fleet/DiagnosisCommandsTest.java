package io.swarmctl.controller.fleet;

import static io.swarmctl.controller.fleet.ExampleNodes.NOW;
import static io.swarmctl.controller.fleet.ExampleNodes.arrived;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.common.wire.Asks;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DiagnosisCommandsTest {
    private final String id = arrived(1).id();
    private final Fleet fleet = ExampleNodes.fleet(arrived(1), arrived(2)).withConnected(Set.of(id));

    @Test
    void theNextSpecAsksForItAndItStaysAskedFor() throws Exception {
        Fleet asked = DiagnosisCommands.ask(fleet, "pi-001", NOW).fleet();

        assertThat(FleetPlanner.plan(asked, NOW).goals().get(id).asks()).isEqualTo(new Asks(NOW.toEpochMilli(), null));
        assertThat(FleetPlanner.plan(asked, NOW).goals().get(arrived(2).id()).asks())
                .isNull();
    }

    @Test
    void everyRequestHasANumberOfItsOwnAlsoWithinAMoment() throws Exception {
        Fleet once = DiagnosisCommands.ask(fleet, "pi-001", NOW).fleet();
        Fleet twice = DiagnosisCommands.ask(once, id, NOW.minusSeconds(60)).fleet();

        assertThat(twice.diagnoses().get(id).number())
                .isGreaterThan(once.diagnoses().get(id).number());
    }

    @Test
    void whoIsNotThereCannotBeAsked() {
        assertThatThrownBy(() -> DiagnosisCommands.ask(fleet, "pi-002", NOW))
                .isInstanceOf(FleetException.class)
                .hasMessage("pi-002 is not connected, so it cannot be asked");
        assertThatThrownBy(() -> DiagnosisCommands.ask(fleet, "pi-009", NOW)).hasMessage("there is no node pi-009");
    }
}
