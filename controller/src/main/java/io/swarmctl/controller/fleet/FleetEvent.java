package io.swarmctl.controller.fleet;

import io.avaje.jsonb.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, for the timeline.
 *
 * @param actor who did it: an access token's name, {@code controller}, or a node's name
 * @param nodeId the node it is about; null when it is about the fleet
 */
@Json
public record FleetEvent(Instant at, String actor, @Nullable String nodeId, String text) {}
