package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.NodeView;
import java.util.Set;

/** Questions about nodes that several commands ask. */
final class NodeStates {
    private static final Set<String> NOT_ENROLLED = Set.of("pending", "revoked", "removing");

    private NodeStates() {}

    static boolean isEnrolled(NodeView node) {
        return !NOT_ENROLLED.contains(node.state());
    }
}
