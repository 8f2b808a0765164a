package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * Which swarm is the fleet's, as the controller knew it when it wrote a spec. Stands in every node's spec, so that a
 * controller that was restored from an older state can learn it again from what it has signed itself.
 *
 * @param epoch the founder epoch; 0 before the first founder was chosen
 * @param founder id of the node that founds, or founded, the swarm of that epoch; null when none is chosen
 * @param clusterId of that swarm; null until its founder has reported it
 */
@Json
public record SwarmOrigin(
        long epoch, @Nullable String founder, @Nullable String clusterId) {
    /** Before any founder was chosen. */
    public static final SwarmOrigin NONE = new SwarmOrigin(0, null, null);
}
