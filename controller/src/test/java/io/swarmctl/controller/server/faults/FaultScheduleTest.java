package io.swarmctl.controller.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plugs are pulled, cards changed, links cut, programs fail and controllers die, in whatever order a seed makes of it;
 * the fleet keeps its word all along, and ends as it should be. {@code -Dseed=N} runs one seed again;
 * {@code -Dtest.groups=long -Dtest.excludedGroups= -Dtest.heap=3g} runs the many, of which none runs in a usual build.
 */
@Execution(ExecutionMode.CONCURRENT)
class FaultScheduleTest {
    private static final long SEEDS_ALWAYS = 12;
    private static final long SEEDS = 190;

    static LongStream someSeeds() {
        return seeds(1, SEEDS_ALWAYS);
    }

    static LongStream otherSeeds() {
        return seeds(SEEDS_ALWAYS + 1, SEEDS);
    }

    private static LongStream seeds(long first, long last) {
        Long wanted = Long.getLong("seed");
        return wanted == null
                ? LongStream.rangeClosed(first, last)
                : LongStream.of(wanted).filter(seed -> seed >= first && seed <= last);
    }

    @ParameterizedTest(name = "seed {0}", allowZeroInvocations = true)
    @MethodSource("someSeeds")
    void theFleetKeepsItsWordAndEndsAsItShouldBe(long seed, @TempDir Path directory) throws Exception {
        happens(FaultSchedule.of(seed), directory);
    }

    @Tag("long")
    @ParameterizedTest(name = "seed {0}", allowZeroInvocations = true)
    @MethodSource("otherSeeds")
    void andSoItDoesWithManyMoreSeeds(long seed, @TempDir Path directory) throws Exception {
        happens(FaultSchedule.of(seed), directory);
    }

    @Test
    void aSeedMakesTheSameScheduleEveryTime() {
        LongStream.rangeClosed(1, SEEDS)
                .forEach(seed -> assertThat(FaultSchedule.of(seed)).isEqualTo(FaultSchedule.of(seed)));
    }

    private static void happens(FaultSchedule schedule, Path directory) throws Exception {
        FaultRun run = new FaultRun(schedule, directory);
        try {
            List<String> wrong = run.run();
            assertThat(wrong).as(run::story).isEmpty();
        } finally {
            run.end();
        }
    }
}
