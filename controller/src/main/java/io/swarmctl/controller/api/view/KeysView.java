package io.swarmctl.controller.api.view;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;

/** Enrolment keys, without their secrets. */
@Json
public record KeysView(Instant at, List<KeyView> keys) {
    public KeysView {
        keys = List.copyOf(keys);
    }

    /**
     * An enrolment key.
     *
     * @param state {@code usable}, {@code expired}, {@code used-up} or {@code revoked}
     * @param expiresInSeconds negative once it has expired
     */
    @Json
    public record KeyView(
            String id,
            String state,
            int usesLeft,
            Instant createdAt,
            long ageSeconds,
            Instant expiresAt,
            long expiresInSeconds) {}

    /**
     * A key just made.
     *
     * @param text the key itself, which is told this once
     */
    @Json
    public record CreatedKeyView(KeyView key, String text) {
        @Override
        public String toString() {
            return "CreatedKeyView[" + key.id() + "]";
        }
    }
}
