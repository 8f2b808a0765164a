package io.swarmctl.controller.bus;

import static io.swarmctl.controller.fleet.ExampleNodes.NOW;
import static io.swarmctl.controller.fleet.ExampleNodes.arrived;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.Kind;
import io.swarmctl.common.trust.Signed;
import io.swarmctl.common.wire.Benchmark;
import io.swarmctl.common.wire.Benchmark.Measured;
import io.swarmctl.common.wire.WireJson;
import io.swarmctl.controller.api.MemoryFleet;
import io.swarmctl.controller.fleet.BenchmarkCommands;
import io.swarmctl.controller.fleet.BenchmarkRun;
import io.swarmctl.controller.fleet.ExampleNodes;
import io.swarmctl.controller.fleet.FleetNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BenchmarkIntakeTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final EcKeys keys = EcKeys.generate();
    private final InstantSource clock = InstantSource.fixed(NOW);
    private final FleetNode node = arrived(1).withKey(keys.publicJwk());
    private final MemoryFleet fleet =
            new MemoryFleet(clock, ExampleNodes.fleet(node).withConnected(Set.of(node.id())));
    private BenchmarkIntake intake;

    @BeforeEach
    void start() {
        intake = new BenchmarkIntake(fleet, fleet, clock);
        intake.start();
    }

    @AfterEach
    void stop() {
        intake.close();
    }

    private long ask() throws Exception {
        return fleet.change("ada", current -> BenchmarkCommands.ask(current, List.of(node.id()), NOW))
                .get()
                .benchmarks()
                .get(node.id())
                .number();
    }

    private String signed(Kind kind, long number, Map<String, Double> values) {
        Benchmark benchmark = new Benchmark(
                node.id(), number, 0, "1.2.3", 4, 48.5, null, new Measured(values, Map.of("card-read", "no room")));
        return Signed.sign(kind, WireJson.write(benchmark, Benchmark.class), keys.privateKey());
    }

    private List<BenchmarkRun> taken(int many) {
        await().atMost(SOON).until(() -> fleet.benchmarks().size() >= many);
        return fleet.benchmarks();
    }

    @Test
    void whatWasAskedForIsStoredWithTheModelAndTheControllersTime() throws Exception {
        long number = ask();
        intake.receive(node.id(), signed(Kind.BENCHMARK, number, Map.of("cpu-one", 800.0)));

        BenchmarkRun run = taken(1).get(0);
        assertThat(run.number()).isEqualTo(number);
        assertThat(run.model()).isEqualTo(node.board().model());
        assertThat(run.takenAt()).isEqualTo(NOW);
        assertThat(run.throttled()).isTrue();
        assertThat(run.measured().values()).containsExactly(Map.entry("cpu-one", 800.0));
        assertThat(run.measured().missing())
                .containsEntry("card-read", "no room")
                .containsEntry("link-up", "the node does not say why");
    }

    @Test
    void whatIsNoMeasureIsLeftOut() throws Exception {
        intake.receive(
                node.id(), signed(Kind.BENCHMARK, ask(), Map.of("cpu-one", -1.0, "invented", 7.0, "link-up", 2.0)));

        assertThat(taken(1).get(0).measured().values()).containsExactly(Map.entry("link-up", 2.0));
        assertThat(taken(1).get(0).measured().missing()).containsKey("cpu-one").doesNotContainKey("invented");
    }

    @Test
    void ofTwoQuestionsTheNewerOneIsAnswered() throws Exception {
        long first = ask();
        long second = ask();
        intake.receive(node.id(), signed(Kind.BENCHMARK, first, Map.of("cpu-one", 1.0)));
        intake.receive(node.id(), signed(Kind.BENCHMARK, second, Map.of("cpu-one", 2.0)));

        assertThat(taken(1)).extracting(BenchmarkRun::number).containsExactly(second);
    }

    @Test
    void anAnswerCountsOnceAndAsNothingElse() throws Exception {
        long number = ask();
        intake.receive(node.id(), signed(Kind.DIAGNOSIS, number, Map.of()));
        intake.receive(node.id(), signed(Kind.BENCHMARK, number, Map.of("cpu-one", 1.0)));
        taken(1);
        intake.receive(node.id(), signed(Kind.BENCHMARK, number, Map.of("cpu-one", 2.0)));
        long next = ask();
        intake.receive(node.id(), signed(Kind.BENCHMARK, next, Map.of("cpu-one", 3.0)));

        assertThat(taken(2)).extracting(BenchmarkRun::number).containsExactly(number, next);
    }
}
