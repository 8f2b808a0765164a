package io.swarmctl.controller.server;

import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.gateway.AgentGateway;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Has the gateway cut off nodes that the fleet does not let in any more. */
final class Enforcement implements Consumer<Fleet> {
    /** Set once, by the thread that starts the controller; the fleet's thread is at work by then. */
    private volatile @Nullable AgentGateway gateway;

    void begin(AgentGateway started) {
        gateway = started;
    }

    @Override
    public void accept(Fleet fleet) {
        AgentGateway current = gateway;
        if (current != null) {
            current.enforce(fleet);
        }
    }
}
