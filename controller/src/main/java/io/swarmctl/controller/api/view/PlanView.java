package io.swarmctl.controller.api.view;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;

/**
 * What a node has still to do, reckoned from its latest report and its spec.
 *
 * @param converged nothing is left to do
 * @param rebootFor why it has to reboot afterwards; empty when it has not
 * @param waitingFor what others have to do first; empty when nothing
 * @param factsAt when the report came
 */
@Json
public record PlanView(
        Instant at,
        String node,
        Instant factsAt,
        long factsAgeSeconds,
        boolean converged,
        List<Step> actions,
        String rebootFor,
        String waitingFor,
        List<FindingView> findings) {
    public PlanView {
        actions = List.copyOf(actions);
        findings = List.copyOf(findings);
    }

    /** One action. */
    @Json
    public record Step(String type, String title) {}
}
