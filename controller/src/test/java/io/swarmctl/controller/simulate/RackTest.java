package io.swarmctl.controller.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.wire.MemoryCgroup;
import io.swarmctl.common.wire.NodeIds;
import io.swarmctl.controller.cli.SimulationRunner;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RackTest {
    private static final List<Model> TWO_GENERATIONS = List.of(Model.PI_3B, Model.PI_3B_PLUS);
    private static final Duration ARRIVE = Duration.ofSeconds(30);

    private final Rack rack = new Rack(7, TWO_GENERATIONS, ARRIVE);

    @Test
    void theSameSeedGivesTheSameBoards() {
        assertThat(new Rack(7, TWO_GENERATIONS, ARRIVE).slots(50)).isEqualTo(rack.slots(50));
        assertThat(new Rack(8, TWO_GENERATIONS, ARRIVE).slots(50)).isNotEqualTo(rack.slots(50));
    }

    @Test
    void aLargerRackBeginsWithTheSmallerOne() {
        assertThat(rack.slots(100).subList(0, 20)).isEqualTo(rack.slots(20));
    }

    @Test
    void boardsHaveTheModelsInTurns() {
        assertThat(rack.slots(4))
                .extracting(slot -> slot.board().model())
                .containsExactly(
                        "Raspberry Pi 3 Model B Rev 1.2",
                        "Raspberry Pi 3 Model B Plus Rev 1.3",
                        "Raspberry Pi 3 Model B Rev 1.2",
                        "Raspberry Pi 3 Model B Plus Rev 1.3");
    }

    @Test
    void noTwoHaveAnAddressOrASerialInCommonAndEverySerialTellsThatItIsSimulated() {
        List<Slot> slots = rack.slots(2_000);

        assertThat(slots).extracting(slot -> slot.board().address()).doesNotHaveDuplicates();
        assertThat(slots)
                .extracting(slot -> NodeIds.ofSerial(slot.board().serial()))
                .doesNotHaveDuplicates()
                .allMatch(SimulationRunner::isSimulated);
        assertThat(new Rack(-3, TWO_GENERATIONS, ARRIVE).slots(1))
                .extracting(slot -> NodeIds.ofSerial(slot.board().serial()))
                .allMatch(SimulationRunner::isSimulated);
        assertThat(SimulationRunner.isSimulated("00000000765fc593")).isFalse();
    }

    @Test
    void aHundredBoardsAreSwitchedOnWithinTheTimeAndHaveTheTroublesOfAHundredBoards() {
        List<Slot> slots = rack.slots(100);

        assertThat(slots).allMatch(slot -> slot.switchedOn().compareTo(ARRIVE) < 0);
        assertThat(slots.stream().map(Slot::switchedOn).collect(Collectors.toSet()))
                .hasSizeGreaterThan(90);
        assertThat(slots).anyMatch(slot -> slot.board().traits().throttled() != 0);
        assertThat(slots).anyMatch(slot -> slot.temper().slowness() > 1);
        assertThat(slots).anyMatch(slot -> !slot.board().traits().wired());
        assertThat(slots).anyMatch(slot -> slot.memoryCgroup() == MemoryCgroup.NOT_ASKED_FOR);
        assertThat(slots.stream().filter(slot -> slot.board().traits().throttled() == 0))
                .hasSizeGreaterThan(90);
    }
}
