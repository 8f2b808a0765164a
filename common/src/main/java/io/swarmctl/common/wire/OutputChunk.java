package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * Lines that an action printed while it ran. Chunks may be lost; the outcome has the last lines.
 *
 * @param number in the same order as {@link Report#number}
 */
@Json
public record OutputChunk(String nodeId, long number, String action, List<String> lines) {
    public OutputChunk {
        Absent.required(nodeId, "nodeId");
        Absent.required(action, "action");
        lines = Absent.list(lines);
    }
}
