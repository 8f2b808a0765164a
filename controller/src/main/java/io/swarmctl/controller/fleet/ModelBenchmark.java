package io.swarmctl.controller.fleet;

import io.swarmctl.common.wire.Measure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How fast one model of board is: steady boards and throttled ones apart, for a mean of both is the speed of neither.
 *
 * @param model of whatever revision
 * @param nodes how many it is reckoned from; a measure may be missing of some
 */
public record ModelBenchmark(String model, boolean throttled, int nodes, Map<Measure, Spread> values) {
    private static final Pattern REVISION = Pattern.compile(" Rev [0-9.]+$");

    private static final Comparator<ModelBenchmark> IN_ORDER =
            Comparator.comparing(ModelBenchmark::model).thenComparing(ModelBenchmark::throttled);

    public ModelBenchmark {
        values = Map.copyOf(values);
    }

    /** By model. Of each node the latest run counts, and no other. */
    public static List<ModelBenchmark> of(List<BenchmarkRun> runs) {
        return latest(runs).stream()
                .collect(Collectors.groupingBy(
                        run -> new Cut(REVISION.matcher(run.model()).replaceFirst(""), run.throttled())))
                .entrySet()
                .stream()
                .map(cut -> of(cut.getKey(), cut.getValue()))
                .sorted(IN_ORDER)
                .toList();
    }

    /** The latest run of each node, by the nodes' ids. */
    public static List<BenchmarkRun> latest(List<BenchmarkRun> runs) {
        Map<String, BenchmarkRun> latest = new TreeMap<>();
        runs.forEach(
                run -> latest.merge(run.nodeId(), run, (one, other) -> one.number() >= other.number() ? one : other));
        return List.copyOf(latest.values());
    }

    private record Cut(String model, boolean throttled) {}

    private static ModelBenchmark of(Cut cut, List<BenchmarkRun> runs) {
        Map<Measure, Spread> values = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
            List<Double> measured = new ArrayList<>();
            for (BenchmarkRun run : runs) {
                Double value = run.measured().values().get(measure.key());
                if (value != null) {
                    measured.add(value);
                }
            }
            if (!measured.isEmpty()) {
                values.put(measure, Spread.of(measured));
            }
        }
        return new ModelBenchmark(cut.model(), cut.throttled(), runs.size(), values);
    }
}
