package io.swarmctl.controller.api;

import io.swarmctl.common.wire.Measure;
import io.swarmctl.controller.api.view.BenchmarksView;
import io.swarmctl.controller.api.view.BenchmarksView.MeasureView;
import io.swarmctl.controller.api.view.BenchmarksView.ModelView;
import io.swarmctl.controller.api.view.BenchmarksView.PendingView;
import io.swarmctl.controller.api.view.BenchmarksView.ResultView;
import io.swarmctl.controller.api.view.BenchmarksView.SpreadView;
import io.swarmctl.controller.fleet.BenchmarkRun;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.ModelBenchmark;
import io.swarmctl.controller.fleet.Question;
import io.swarmctl.controller.fleet.Spread;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Benchmarks as the API shows them. */
final class BenchmarkViews {
    /** Twelve minutes for the others that measure their way to the controller, and the benchmark itself. */
    private static final Duration OVERDUE = Duration.ofMinutes(14);

    private BenchmarkViews() {}

    static BenchmarksView of(Fleet fleet, List<BenchmarkRun> runs, Instant now) {
        List<BenchmarkRun> known = runs.stream()
                .filter(run -> fleet.node(run.nodeId()).isPresent())
                .toList();
        Map<String, BenchmarkRun> latest = ModelBenchmark.latest(known).stream()
                .collect(Collectors.toMap(BenchmarkRun::nodeId, Function.identity()));
        return new BenchmarksView(
                now,
                Arrays.stream(Measure.values())
                        .map(measure -> new MeasureView(
                                measure.key(),
                                measure.title(),
                                measure.unit(),
                                measure.better().name().toLowerCase(Locale.ROOT)))
                        .toList(),
                byName(fleet)
                        .flatMap(node -> pending(node, fleet.benchmarks().get(node.id()), latest.get(node.id()), now))
                        .toList(),
                byName(fleet)
                        .flatMap(
                                node -> Stream.ofNullable(latest.get(node.id())).map(run -> result(node, run, now)))
                        .toList(),
                ModelBenchmark.of(known).stream().map(BenchmarkViews::model).toList());
    }

    private static Stream<FleetNode> byName(Fleet fleet) {
        return fleet.nodes().values().stream().sorted(Comparator.comparing(FleetNode::name));
    }

    private static Stream<PendingView> pending(
            FleetNode node, @Nullable Question asked, @Nullable BenchmarkRun latest, Instant now) {
        if (asked == null || (latest != null && latest.number() >= asked.number())) {
            return Stream.empty();
        }
        long age = NodeViews.age(asked.at(), now);
        return Stream.of(new PendingView(node.name(), node.id(), asked.at(), age, age > OVERDUE.toSeconds()));
    }

    private static ResultView result(FleetNode node, BenchmarkRun run, Instant now) {
        return new ResultView(
                node.name(),
                node.id(),
                run.model(),
                run.agentVersion(),
                run.takenAt(),
                NodeViews.age(run.takenAt(), now),
                run.throttled(),
                run.celsiusBefore(),
                run.celsiusAfter(),
                new TreeMap<>(run.measured().values()),
                new TreeMap<>(run.measured().missing()));
    }

    private static ModelView model(ModelBenchmark model) {
        Map<String, SpreadView> values = new TreeMap<>();
        model.values().forEach((measure, spread) -> values.put(measure.key(), spread(spread)));
        return new ModelView(model.model(), model.throttled(), model.nodes(), values);
    }

    private static SpreadView spread(Spread spread) {
        return new SpreadView(spread.median(), spread.p25(), spread.p75(), spread.least(), spread.most());
    }
}
