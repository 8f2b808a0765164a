package io.swarmctl.controller.api.view;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;

/**
 * What it would mean to declare the swarm lost.
 *
 * @param clusterId of the swarm that is declared lost; empty when no node ever reported it
 * @param founderEpoch that the fleet is in then; to be sent back with the order
 * @param chosen name of the node that goes on with the swarm, or founds a new one
 * @param keeps whether services, workers and the cluster id stay
 * @param connected names of the swarm's other managers that are connected
 * @param silent names of those that are not connected
 * @param lost what is lost, in words
 */
@Json
public record RecoveryView(
        Instant at,
        String clusterId,
        long founderEpoch,
        String chosen,
        boolean keeps,
        List<String> connected,
        List<String> silent,
        List<String> lost) {
    public RecoveryView {
        connected = List.copyOf(connected);
        silent = List.copyOf(silent);
        lost = List.copyOf(lost);
    }
}
