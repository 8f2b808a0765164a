package io.swarmctl.controller.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.agent.machine.Workbench.Run;
import io.swarmctl.common.wire.Measure;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedWorkbenchTest {
    private static final double AT_ONCE = 1_000_000;

    private static List<Run> rack(Model model) {
        return new Rack(1, List.of(model), Duration.ofSeconds(1))
                .slots(60).stream().map(slot -> measure(slot)).toList();
    }

    private static Run measure(Slot slot) {
        try {
            return new SimulatedWorkbench(slot, AT_ONCE).measure();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double median(Model model, Measure measure) {
        return rack(model).stream()
                .mapToDouble(run -> run.measured().values().get(measure.key()))
                .sorted()
                .skip(30)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everythingIsFound() {
        assertThat(rack(Model.PI_5))
                .allSatisfy(run -> assertThat(run.measured().values())
                        .containsOnlyKeys(Arrays.stream(Measure.values())
                                .map(Measure::key)
                                .toList()));
    }

    @Test
    void theSameSeedFindsTheSame() {
        assertThat(rack(Model.PI_3B)).isEqualTo(rack(Model.PI_3B));
    }

    @Test
    void a3BPlusIsFasterThanA3BAndThrottlesMoreOften() {
        assertThat(median(Model.PI_3B_PLUS, Measure.CPU_ONE)).isGreaterThan(median(Model.PI_3B, Measure.CPU_ONE));
        assertThat(median(Model.PI_3B, Measure.LINK_DOWN)).isBetween(11.0, 12.5);
        assertThat(median(Model.PI_3B_PLUS, Measure.LINK_DOWN)).isBetween(26.0, 32.0);
        assertThat(throttled(Model.PI_3B_PLUS)).isGreaterThan(throttled(Model.PI_3B));
        assertThat(throttled(Model.PI_3B)).isBetween(1L, 15L);
    }

    private static long throttled(Model model) {
        return rack(model).stream()
                .filter(run -> run.throttled() != null && run.throttled() != 0)
                .count();
    }
}
