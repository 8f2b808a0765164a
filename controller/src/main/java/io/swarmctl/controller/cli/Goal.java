package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.NodeView;
import java.util.Optional;

/** When a node has got to where a change takes it. */
enum Goal {
    /** It has done all that its role asks for. */
    READY("ready"),
    /** It is in no swarm of the fleet's. */
    OUT("out of the swarm"),
    /** It is no node any more. */
    GONE("gone"),
    /** It has come in. */
    CONNECTED("connected"),
    /** It has been put where it belongs at once. */
    DONE("done");

    private final String words;

    Goal(String words) {
        this.words = words;
    }

    /** Follows on "3 of 5 nodes". */
    String words() {
        return words;
    }

    /** @param node empty when there is no such node any more */
    boolean isReached(Optional<NodeView> node) {
        return switch (this) {
            case READY -> node.filter(it -> it.state().equals("ready")).isPresent();
            case OUT ->
                node.isEmpty()
                        || (node.get().membership().isEmpty() && node.get().role() == null);
            case GONE -> node.isEmpty();
            case CONNECTED -> node.filter(NodeView::connected).isPresent();
            case DONE -> true;
        };
    }
}
