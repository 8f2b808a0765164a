package io.swarmctl.controller.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Needs root and the lab for some minutes a seed: {@code scripts/test --long faults}. One alone: -Dseed=N. */
@Tag("lab")
class LabFaultsTest {
    private static final int PIS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    static LongStream seeds() {
        Long one = Long.getLong("seed");
        return one == null ? LongStream.rangeClosed(1, 10) : LongStream.of(one);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whateverHappensAllPisBecomeOneSwarm(long seed) throws Exception {
        try (LabFleet fleet = LabFleet.boot(PIS, managers(seed));
                SwarmWatch swarms = new SwarmWatch(fleet.pis());
                RoleWatch roles = new RoleWatch(fleet);
                LabFaultPlayer player = new LabFaultPlayer(fleet)) {
            LabFaultSchedule schedule = LabFaultSchedule.of(seed, fleet.pis().names());
            System.out.println(schedule);
            player.play(schedule);

            assertThat(fleet.awaitReady(PATIENCE)).as(schedule.toString()).isEmpty();
            assertThat(swarms.clusterIds()).as(schedule.toString()).hasSize(1);
            assertThat(roles.lost()).as(schedule.toString()).isEmpty();
            assertThat(fleet.roles()).as(schedule.toString()).hasSize(PIS).containsAllEntriesOf(roles.acknowledged());
            assertThat(fleet.departures()).as(schedule.toString()).isEmpty();
            assertThat(fleet.swarmNodes())
                    .as(schedule.toString())
                    .hasSize(PIS)
                    .allMatch(node -> node.endsWith(" Ready"))
                    .doesNotHaveDuplicates();
        }
    }

    /** A quorum of one, and one that cannot spare two. */
    private static int managers(long seed) {
        return seed % 2 == 0 ? PIS : 1;
    }
}
