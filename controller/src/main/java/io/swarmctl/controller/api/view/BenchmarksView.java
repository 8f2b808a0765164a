package io.swarmctl.controller.api.view;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How fast nodes are, and models of boards.
 *
 * @param measures what there is to measure, in the order in which people read it
 * @param pending who has been asked, and has not answered
 * @param results the latest of each node
 * @param models of each model those boards that were steady, and those that were throttled, apart
 */
@Json
public record BenchmarksView(
        Instant at,
        List<MeasureView> measures,
        List<PendingView> pending,
        List<ResultView> results,
        List<ModelView> models) {
    public BenchmarksView {
        measures = List.copyOf(measures);
        pending = List.copyOf(pending);
        results = List.copyOf(results);
        models = List.copyOf(models);
    }

    /** @param better {@code more} or {@code less} */
    @Json
    public record MeasureView(String name, String title, String unit, String better) {}

    /**
     * @param node its name
     * @param overdue whether it takes longer than it can: the node has not answered
     */
    @Json
    public record PendingView(String node, String id, Instant askedAt, long ageSeconds, boolean overdue) {}

    /**
     * @param node its name
     * @param takenAt when the answer came, by the controller's clock
     * @param missing measures that could not be taken, and why
     */
    @Json
    public record ResultView(
            String node,
            String id,
            String model,
            String agentVersion,
            Instant takenAt,
            long takenAgeSeconds,
            boolean throttled,
            @Nullable Double celsiusBefore,
            @Nullable Double celsiusAfter,
            Map<String, Double> values,
            Map<String, String> missing) {}

    /** @param nodes how many it is reckoned from */
    @Json
    public record ModelView(String model, boolean throttled, int nodes, Map<String, SpreadView> values) {}

    /** Each is one of the values. */
    @Json
    public record SpreadView(double median, double p25, double p75, double least, double most) {}
}
