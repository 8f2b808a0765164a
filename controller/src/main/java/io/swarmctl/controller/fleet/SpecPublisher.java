package io.swarmctl.controller.fleet;

import java.util.Collection;

/** Takes specs to the nodes, and away from nodes that may have none any more. */
@FunctionalInterface
public interface SpecPublisher {
    /**
     * Gets ready to tell nodes. Called on the fleet's thread before the specs are stored, so that both go on at the same
     * time; must not block.
     *
     * @return tells them; to be run once the specs are stored, and may wait for what this has begun
     */
    Runnable prepare(Collection<FleetNode> changed, Fleet fleet);
}
