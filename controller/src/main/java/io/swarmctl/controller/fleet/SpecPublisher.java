package io.swarmctl.controller.fleet;

import java.util.Collection;

/** Takes specs to the nodes, and away from nodes that may have none any more. */
@FunctionalInterface
public interface SpecPublisher {
    /** Called on the fleet's thread, after the specs are stored: must not block. */
    void publish(Collection<FleetNode> changed, Fleet fleet);
}
