package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;

/**
 * How right the machine's clock is.
 *
 * @param kept whether a time service keeps it
 * @param secondsAhead how far it is from what the controller said, negative when it is behind; 0 when nobody said
 * @param trouble why it could not be set; empty when nothing is wrong
 */
@Json
public record ClockFacts(boolean kept, long secondsAhead, String trouble) {
    public ClockFacts {
        Absent.required(trouble, "trouble");
    }
}
