package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;

/**
 * The action a node is at.
 *
 * @param startedAt milliseconds since 1970 by the node's clock
 * @param progress the last line that says how far it is; may be empty
 */
@Json
public record Running(String action, long startedAt, String progress) {
    public Running {
        Absent.required(action, "action");
        Absent.required(progress, "progress");
    }
}
