package io.swarmctl.controller.fleet;

import io.avaje.jsonb.Json;
import java.time.Instant;

/**
 * A line that an action on a node printed, or that tells of its begin or end.
 *
 * @param sequence ascending over the whole fleet; 0 before it is stored
 */
@Json
public record LogLine(long sequence, String nodeId, Instant at, String action, String text) {}
