package io.swarmctl.controller.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.Outcome;
import io.swarmctl.common.wire.Report;
import io.swarmctl.common.wire.SwarmFacts;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which actions have been carried out, and how long they take. */
class DurationsTest {
    private static final Instant NOW = ExampleNodes.NOW;

    private static ActionRun run(String action, String model, long millis, boolean ok) {
        return new ActionRun("id", model, action, NOW, millis, ok);
    }

    @Test
    void halfOfTheRunsTakeNoLongerThanTheMedian() {
        List<ActionRun> runs = LongStream.rangeClosed(1, 100)
                .mapToObj(seconds -> run("install Docker", "3B", seconds * 1_000, true))
                .toList();

        assertThat(Durations.of(runs))
                .containsExactly(
                        new Durations("install Docker", "3B", 100, 0, 1_000, 25_000, 50_000, 75_000, 95_000, 100_000));
    }

    @Test
    void modelsStandBesideEachOtherAndWhatTakesLongestFirst() {
        List<ActionRun> runs = List.of(
                run("start Docker", "3B", 5_000, true),
                run("install Docker", "3B+", 80_000, true),
                run("start Docker", "3B+", 4_000, true),
                run("install Docker", "3B", 100_000, true));

        assertThat(Durations.of(runs))
                .extracting(durations -> durations.kind() + ", " + durations.model())
                .containsExactly("install Docker, 3B", "install Docker, 3B+", "start Docker, 3B", "start Docker, 3B+");
    }

    @Test
    void failedRunsAreCountedAndSayNothingOfTheTime() {
        Durations durations = Durations.of(
                        List.of(run("install Docker", "3B", 1, false), run("install Docker", "3B", 60_000, true)))
                .get(0);

        assertThat(durations.count()).isEqualTo(1);
        assertThat(durations.failed()).isEqualTo(1);
        assertThat(durations.least()).isEqualTo(60_000);
        assertThat(Durations.of(List.of(run("x", "3B", 1, false))).get(0).median())
                .isZero();
        assertThat(Durations.of(List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "set hostname pi-001, set hostname",
        "make pi-003 a worker of the swarm, make ... a worker of the swarm",
        "remove pi-003 from the swarm's list, remove ... from the swarm's list",
        "give ada 2 SSH keys, give ... SSH keys",
        "create user ada, create user",
        "set the password of ada, set the password",
        "add ada to group docker, add ... to group",
        "install Docker, install Docker"
    })
    void kindsAreWithoutNames(String title, String kind) {
        assertThat(run(title, "3B", 1, true).kind()).isEqualTo(kind);
    }

    @Test
    void aRunIsToldOnceAndByTheControllersClock() {
        long longAgo = 1_000_000;
        Outcome first = new Outcome("refresh the package index", longAgo, 20_000, List.of(), null);
        Outcome second = new Outcome("install Docker", longAgo + 20_000, 60_000, List.of(), null);
        Report before = report(first);
        Report after = report(first, second);

        assertThat(ActionRun.ended(null, before, "3B", NOW))
                .extracting(ActionRun::startedAt)
                .containsExactly(NOW.minusSeconds(20));
        assertThat(ActionRun.ended(before, after, "3B", NOW))
                .containsExactly(
                        new ActionRun(after.nodeId(), "3B", "install Docker", NOW.minusSeconds(60), 60_000, true));
        assertThat(ActionRun.ended(null, after, "3B", NOW))
                .extracting(ActionRun::startedAt)
                .containsExactly(NOW.minusSeconds(80), NOW.minusSeconds(60));
        assertThat(ActionRun.ended(after, after, "3B", NOW)).isEmpty();
    }

    private static Report report(Outcome... outcomes) {
        FleetNode node = ExampleNodes.arrived(1);
        Report made = ExampleNodes.report(node, NodeState.CONVERGING, SwarmFacts.inactive());
        return new Report(
                made.nodeId(),
                made.number(),
                made.agentVersion(),
                made.epoch(),
                made.generation(),
                made.state(),
                made.facts(),
                made.plan(),
                made.findings(),
                Stream.of(outcomes).toList(),
                null,
                "",
                null,
                null);
    }
}
