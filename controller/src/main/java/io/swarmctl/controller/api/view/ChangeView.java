package io.swarmctl.controller.api.view;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;

/**
 * What came of a change.
 *
 * @param done what was done, in words; empty when all was so already
 * @param nodes the nodes that were asked about and still exist
 */
@Json
public record ChangeView(Instant at, List<String> done, List<NodeView> nodes, List<String> warnings) {
    public ChangeView {
        done = List.copyOf(done);
        nodes = List.copyOf(nodes);
        warnings = List.copyOf(warnings);
    }
}
