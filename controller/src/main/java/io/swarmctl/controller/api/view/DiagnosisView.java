package io.swarmctl.controller.api.view;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node said when it was asked what is wrong with it.
 *
 * @param node its name
 * @param number of the request that it answers, or has still to answer; 0 when nobody has asked since the controller
 *     was started
 * @param pending whether it has been asked, and has not answered
 * @param takenAt when the answer came, by the controller's clock; null without an answer
 */
@Json
public record DiagnosisView(
        Instant at,
        String node,
        long number,
        boolean pending,
        @Nullable Instant takenAt,
        @Nullable Long takenAgeSeconds,
        List<PartView> parts) {
    public DiagnosisView {
        parts = List.copyOf(parts);
    }

    /**
     * One thing that was looked up.
     *
     * @param trouble why there is no more of it; empty when this is all
     */
    @Json
    public record PartView(String name, String text, String trouble) {}
}
