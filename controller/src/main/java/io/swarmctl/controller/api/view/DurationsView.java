package io.swarmctl.controller.api.view;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;

/**
 * How long actions take, by kind and by model of board, in seconds.
 *
 * @param runs how many runs it is reckoned from, the latest ones
 */
@Json
public record DurationsView(Instant at, int runs, List<KindView> durations) {
    public DurationsView {
        durations = List.copyOf(durations);
    }

    /**
     * One kind of action on one model. The times are of runs that went well.
     *
     * @param p95 of a hundred, 95 took no longer than this
     */
    @Json
    public record KindView(
            String kind,
            String model,
            int count,
            int failed,
            double least,
            double p25,
            double median,
            double p75,
            double p95,
            double most) {}
}
