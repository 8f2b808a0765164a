package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;

/**
 * Docker's packages that the controller has gathered for a node's kind of system, to be had from it.
 *
 * @param index the SHA-256 of apt's index of them, in hexadecimal digits; empty while they are being gathered
 */
@Json
public record Gathered(String index) {
    /** They are worth to be waited for. */
    public static final Gathered COMING = new Gathered("");

    public Gathered {
        Absent.required(index, "index");
    }

    public boolean isThere() {
        return !index.isEmpty();
    }
}
