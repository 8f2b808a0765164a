package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;

/**
 * A node asks what time it is. Not signed: everybody may know.
 *
 * @param nonce comes back in the answer, so that an old answer is not taken for a new one
 */
@Json
public record TimeRequest(String nonce) {
    private static final int LONGEST_NONCE = 64;

    public TimeRequest {
        Absent.required(nonce, "nonce");
        if (nonce.length() > LONGEST_NONCE) {
            throw new IllegalArgumentException("a nonce of " + nonce.length() + " characters");
        }
    }
}
