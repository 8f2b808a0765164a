package io.swarmctl.controller.api.view;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;

/** All nodes, by name. */
@Json
public record NodesView(Instant at, List<NodeView> nodes) {
    public NodesView {
        nodes = List.copyOf(nodes);
    }
}
