package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;

/**
 * Why an action failed.
 *
 * @param retryable trying again by itself may help; the agent does so
 */
@Json
public record Failure(String problem, String remedy, boolean retryable) {
    public Failure {
        Absent.required(problem, "problem");
        Absent.required(remedy, "remedy");
    }
}
