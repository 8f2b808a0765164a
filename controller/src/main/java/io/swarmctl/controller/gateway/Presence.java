package io.swarmctl.controller.gateway;

import java.util.Set;

/** Is told which nodes have a connection to the gateway. */
@FunctionalInterface
public interface Presence {
    /** Called on an event loop: must not block. */
    void connected(Set<String> nodeIds);
}
