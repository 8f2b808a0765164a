package io.swarmctl.controller.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.controller.lab.LabFault.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LabFaultScheduleTest {
    private static final List<String> PIS = List.of("pi1", "pi2", "pi3");

    @Test
    void theSameSeedGivesTheSameFaults() {
        assertThat(LabFaultSchedule.of(7, PIS)).isEqualTo(LabFaultSchedule.of(7, PIS));
        assertThat(LabFaultSchedule.of(7, PIS)).isNotEqualTo(LabFaultSchedule.of(8, PIS));
    }

    @Test
    void onOnePiAFaultEndsBeforeTheNextBegins() {
        LongStream.range(0, 500)
                .mapToObj(seed -> LabFaultSchedule.of(seed, PIS))
                .forEach(schedule -> {
                    for (String pi : PIS) {
                        assertThat(schedule.faults().stream()
                                        .filter(fault -> fault.pi().equals(pi))
                                        .flatMap(fault -> List.of(fault.atSeconds(), fault.endSeconds()).stream())
                                        .toList())
                                .as(schedule.toString())
                                .isSortedAccordingTo(Comparator.naturalOrder());
                    }
                });
    }

    @Test
    void tenSeedsHaveEveryKindAmongThem() {
        Set<Kind> kinds = LongStream.rangeClosed(1, 10)
                .mapToObj(seed -> LabFaultSchedule.of(seed, PIS))
                .flatMap(schedule -> schedule.faults().stream())
                .map(LabFault::kind)
                .collect(Collectors.toSet());

        assertThat(kinds).containsExactlyInAnyOrder(Kind.values());
    }
}
