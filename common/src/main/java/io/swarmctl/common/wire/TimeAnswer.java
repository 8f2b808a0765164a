package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;

/**
 * What the controller says to a {@link TimeRequest}. Signed by the controller.
 *
 * @param time the controller's clock, milliseconds since 1970
 */
@Json
public record TimeAnswer(String nonce, long time) {
    public TimeAnswer {
        Absent.required(nonce, "nonce");
    }
}
