package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.NodeView;
import java.util.List;
import java.util.Map;

/** The request of those commands that do the same with several nodes. */
final class NodesChange {
    private NodesChange() {}

    /** @param change as the API calls it */
    static Order of(String change, List<NodeView> nodes, Goal goal, Order.Caution caution, String question) {
        List<String> ids = Selection.ids(nodes);
        return new Order("POST", "/node-changes", Map.of("change", change, "nodes", ids), ids, goal, caution, question);
    }
}
