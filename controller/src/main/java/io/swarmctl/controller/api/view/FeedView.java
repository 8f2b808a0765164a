package io.swarmctl.controller.api.view;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;

/**
 * What an open dashboard is told: first everything, then what changes.
 *
 * @param revision goes up by one with every change; one that is left out was lost
 * @param whole whether these are all nodes; else those that have changed
 * @param status without {@code attention}
 * @param gone ids of nodes that are there no more
 */
@Json
public record FeedView(
        long revision, boolean whole, Instant at, StatusView status, List<NodeView> nodes, List<String> gone) {
    public FeedView {
        nodes = List.copyOf(nodes);
        gone = List.copyOf(gone);
    }
}
