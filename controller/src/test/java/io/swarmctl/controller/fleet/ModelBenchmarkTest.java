package io.swarmctl.controller.fleet;

import static io.swarmctl.controller.fleet.ExampleNodes.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.swarmctl.common.wire.Benchmark.Measured;
import io.swarmctl.common.wire.Measure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelBenchmarkTest {
    private static BenchmarkRun run(String node, long number, String model, boolean throttled, double cpu) {
        Measured measured = new Measured(Map.of("cpu-one", cpu), Map.of("card-read", "no room"));
        return new BenchmarkRun(node, number, model, "1", NOW, throttled, null, null, measured);
    }

    @Test
    void theMedianIsOneOfTheValues() {
        List<ModelBenchmark> models = ModelBenchmark.of(List.of(
                run("a", 1, "3B", false, 10),
                run("b", 1, "3B", false, 30),
                run("c", 1, "3B", false, 20),
                run("d", 1, "3B", false, 90)));

        assertThat(models)
                .containsExactly(
                        new ModelBenchmark("3B", false, 4, Map.of(Measure.CPU_ONE, new Spread(10, 10, 20, 30, 90))));
    }

    @Test
    void throttledBoardsStandApart() {
        assertThat(ModelBenchmark.of(List.of(
                        run("a", 1, "3B+", false, 10), run("b", 1, "3B+", true, 5), run("c", 1, "3B", false, 8))))
                .extracting(ModelBenchmark::model, ModelBenchmark::throttled, ModelBenchmark::nodes)
                .containsExactly(tuple("3B", false, 1), tuple("3B+", false, 1), tuple("3B+", true, 1));
    }

    @Test
    void ofANodeTheLatestCountsWhateverElseItWas() {
        List<BenchmarkRun> runs =
                List.of(run("a", 2, "3B", false, 10), run("a", 1, "3B", true, 5), run("a", 3, "3B", true, 7));

        assertThat(ModelBenchmark.of(runs))
                .containsExactly(new ModelBenchmark("3B", true, 1, Map.of(Measure.CPU_ONE, new Spread(7, 7, 7, 7, 7))));
    }

    @Test
    void revisionsOfAModelAreOneModel() {
        List<BenchmarkRun> runs = List.of(
                run("a", 1, "Raspberry Pi 3 Model B Plus Rev 1.3", false, 10),
                run("b", 1, "Raspberry Pi 3 Model B Plus Rev 1.4", false, 20));

        assertThat(ModelBenchmark.of(runs))
                .extracting(ModelBenchmark::model, ModelBenchmark::nodes)
                .containsExactly(tuple("Raspberry Pi 3 Model B Plus", 2));
    }

    @Test
    void nothingComesOfNothing() {
        assertThat(ModelBenchmark.of(List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theOrderInWhichTheyComeDoesNotMatter(long seed) {
        Random random = new Random(seed);
        List<BenchmarkRun> runs = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            runs.add(run("n" + random.nextInt(20), i, "3B", random.nextBoolean(), random.nextDouble(100)));
        }
        List<ModelBenchmark> before = ModelBenchmark.of(runs);
        Collections.shuffle(runs, random);

        assertThat(ModelBenchmark.of(runs)).isEqualTo(before);
        assertThat(before)
                .allSatisfy(model -> assertThat(model.values().get(Measure.CPU_ONE))
                        .satisfies(spread -> assertThat(List.of(
                                        spread.least(), spread.p25(), spread.median(), spread.p75(), spread.most()))
                                .isSorted()));
    }
}
