package io.swarmctl.controller.api.view;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;

/**
 * What a fleet file changes.
 *
 * @param changes one line each; empty when the policy is so already
 * @param applied whether it is in force now
 */
@Json
public record PolicyChangeView(Instant at, List<String> changes, boolean applied, List<String> warnings) {
    public PolicyChangeView {
        changes = List.copyOf(changes);
        warnings = List.copyOf(warnings);
    }
}
