package io.swarmctl.controller.fleet;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Enrolled nodes that have no connection now, also those whose controller has just started. */
final class Apart {
    private Apart() {}

    /** The fleet with who has none, and since when. */
    static Fleet look(Fleet fleet, Instant now) {
        Map<String, Instant> apart = new TreeMap<>();
        for (FleetNode node : fleet.enrolled()) {
            if (!fleet.isConnected(node)) {
                apart.put(node.id(), fleet.apart().getOrDefault(node.id(), now));
            }
        }
        return apart.equals(fleet.apart()) ? fleet : fleet.withApart(apart);
    }
}
