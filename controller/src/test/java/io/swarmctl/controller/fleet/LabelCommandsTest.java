package io.swarmctl.controller.fleet;

import static io.swarmctl.controller.fleet.ExampleNodes.arrived;
import static io.swarmctl.controller.fleet.ExampleNodes.fleet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelCommandsTest {
    private static final List<String> FIRST = List.of("pi-001");

    @Test
    void labelsAreGivenReplacedAndTakenAway() throws FleetException {
        Fleet fleet = fleet(arrived(1), arrived(2));

        Transition given = LabelCommands.label(fleet, FIRST, Map.of("rack", "a", "disk", "ssd"), List.of());
        Transition moved = LabelCommands.label(given.fleet(), FIRST, Map.of("rack", "b"), List.of("disk"));

        assertThat(given.notes())
                .extracting(Transition.Note::text)
                .containsExactly("pi-001 is labelled disk=ssd,rack=a");
        assertThat(labels(moved.fleet(), 1)).isEqualTo(Map.of("rack", "b"));
        assertThat(labels(moved.fleet(), 2)).isEmpty();
    }

    @Test
    void theSameAgainIsNothingNew() throws FleetException {
        Fleet fleet = LabelCommands.label(fleet(arrived(1)), FIRST, Map.of("rack", "a"), List.of())
                .fleet();

        assertThat(LabelCommands.label(fleet, FIRST, Map.of("rack", "a"), List.of("gone"))
                        .notes())
                .isEmpty();
    }

    @Test
    void labelsStayWhenTheBoardGetsAnotherCard() throws FleetException {
        Fleet fleet = LabelCommands.label(fleet(arrived(1)), FIRST, Map.of("rack", "a"), List.of())
                .fleet();

        assertThat(fleet.named("pi-001")
                        .orElseThrow()
                        .withKey("{\"other\":1}")
                        .marks()
                        .labels())
                .containsEntry("rack", "a");
    }

    @ParameterizedTest
    @CsvSource({
        "role, worker, every node has its own role",
        "-rack, a, '''-rack'' is no key for a label'",
        "rack, a b, '''a b'' is no value for a label'"
    })
    void whatCannotBeALabelIsRefused(String key, String value, String problem) {
        assertThatThrownBy(() -> LabelCommands.label(fleet(arrived(1)), FIRST, Map.of(key, value), List.of()))
                .isInstanceOf(FleetException.class)
                .hasMessage(problem);
    }

    private static Map<String, String> labels(Fleet fleet, int number) {
        return fleet.node(arrived(number).id()).orElseThrow().marks().labels();
    }
}
