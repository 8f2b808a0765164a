package io.swarmctl.controller.fleet;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How long one kind of action takes on one model of board. All times are in milliseconds, of runs that went well.
 *
 * @param kind as {@link ActionRun#kind}
 * @param count runs that went well; the times are 0 when there was none
 * @param failed runs that did not
 * @param p25 a quarter took no longer than this
 * @param p95 of a hundred, 95 took no longer than this
 */
public record Durations(
        String kind,
        String model,
        int count,
        int failed,
        long least,
        long p25,
        long median,
        long p75,
        long p95,
        long most) {

    /** By kind, that which takes longest first, and by model. */
    public static List<Durations> of(List<ActionRun> runs) {
        Map<String, Map<String, List<ActionRun>>> cut = runs.stream()
                .collect(Collectors.groupingBy(
                        ActionRun::kind,
                        TreeMap::new,
                        Collectors.groupingBy(ActionRun::model, TreeMap::new, Collectors.toList())));
        return cut.entrySet().stream()
                .map(kind -> kind.getValue().entrySet().stream()
                        .map(model -> of(kind.getKey(), model.getKey(), model.getValue()))
                        .toList())
                .sorted(Comparator.comparingLong((List<Durations> models) -> models.stream()
                                .mapToLong(Durations::median)
                                .max()
                                .orElse(0))
                        .reversed())
                .flatMap(List::stream)
                .toList();
    }

    private static Durations of(String kind, String model, List<ActionRun> runs) {
        long[] sorted = runs.stream()
                .filter(ActionRun::ok)
                .mapToLong(ActionRun::millis)
                .sorted()
                .toArray();
        return new Durations(
                kind,
                model,
                sorted.length,
                runs.size() - sorted.length,
                at(sorted, 0),
                at(sorted, 0.25),
                at(sorted, 0.5),
                at(sorted, 0.75),
                at(sorted, 0.95),
                at(sorted, 1));
    }

    /** The least that this part of all do not exceed: always a time that was really taken. */
    private static long at(long[] sorted, double part) {
        return sorted.length == 0 ? 0 : sorted[Spread.place(sorted.length, part)];
    }
}
