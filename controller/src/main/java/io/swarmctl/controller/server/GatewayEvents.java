package io.swarmctl.controller.server;

import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetLoop;
import io.swarmctl.controller.fleet.Transition;
import io.swarmctl.controller.gateway.Timeline;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts what the gateway saw into the log and the fleet's timeline. */
final class GatewayEvents implements Timeline {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayEvents.class);

    private final FleetLoop loop;

    GatewayEvents(FleetLoop loop) {
        this.loop = loop;
    }

    @Override
    public void note(String nodeId, String text) {
        LOG.warn("{} {}", nodeId, text);
        CompletableFuture<Fleet> unused = loop.change(
                        "gateway",
                        fleet -> fleet.node(nodeId)
                                .map(node -> Transition.of(fleet, nodeId, node.name() + " " + text))
                                .orElseGet(() -> Transition.silent(fleet)))
                .whenComplete((fleet, failure) -> {
                    if (failure != null) {
                        LOG.warn("not in the timeline: {}", failure.getMessage());
                    }
                });
    }
}
