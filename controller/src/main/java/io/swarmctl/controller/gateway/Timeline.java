package io.swarmctl.controller.gateway;

/** Where the gateway tells what nodes did that no agent does. */
@FunctionalInterface
public interface Timeline {
    /** Called on an event loop: must not block. */
    void note(String nodeId, String text);
}
