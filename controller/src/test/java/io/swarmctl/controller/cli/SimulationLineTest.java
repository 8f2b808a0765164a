package io.swarmctl.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.controller.cli.SimulationRunner.Standing;
import io.swarmctl.controller.text.NameRanges;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationLineTest {
    @Test
    void everyNodeIsCountedOnceInTheWordsOfTheListOfNodes() {
        assertThat(SimulationLine.words(new Standing(10, 5, 4, 0, 0, 30, 1, "")))
                .isEqualTo("35 of 50 enrolled, 5 at the door, 4 working, 30 ready, 1 failed");
        assertThat(SimulationLine.words(new Standing(0, 0, 0, 2, 3, 0, 0, "")))
                .isEqualTo("5 of 5 enrolled, 3 new, 2 waiting, 0 ready");
    }

    @Test
    void namesOfNeighboursBecomeRangesThatAreReadBack() throws CliException {
        List<String> names = List.of("attic", "pi-001", "pi-002", "pi-003", "pi-005", "pi-099", "pi-100");

        assertThat(NameRanges.shorten(names)).containsExactly("attic", "pi-[001-003]", "pi-005", "pi-[099-100]");
        assertThat(NodeNames.expand(NameRanges.shorten(names))).isEqualTo(names);
        assertThat(NameRanges.shorten(List.of())).isEmpty();
    }
}
