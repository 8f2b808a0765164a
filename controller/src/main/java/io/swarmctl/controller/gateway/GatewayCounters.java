package io.swarmctl.controller.gateway;

import java.util.Map;

/** What has gone through the gateway to the bus since it was started. Any thread may ask. */
public interface GatewayCounters {
    /** Messages that passed, by the name of the rule that they kept to. */
    Map<String, Long> messages();

    /** Bytes of them. */
    long bytes();

    /** How often a node had to wait, because it sent more than its share. */
    long waits();

    /** Connections that were ended for what came on them. */
    long violations();

    /** Connections that were not let in: no node of the fleet, shut out, or too many. */
    long refusedConnections();
}
