package io.swarmctl.controller.api.view;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a change, or would come of it.
 *
 * @param done what was done, in words; empty when all was so already
 * @param nodes the nodes that were asked about and still exist
 * @param preview what the change would come to; null when it was made
 */
@Json
public record ChangeView(
        Instant at,
        List<String> done,
        List<NodeView> nodes,
        List<String> warnings,
        @Nullable PreviewView preview) {
    public ChangeView {
        done = List.copyOf(done);
        nodes = List.copyOf(nodes);
        warnings = List.copyOf(warnings);
    }
}
