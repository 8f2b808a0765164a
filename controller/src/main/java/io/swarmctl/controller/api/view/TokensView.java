package io.swarmctl.controller.api.view;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;

/** Access tokens without their secrets, by name. */
@Json
public record TokensView(Instant at, List<TokenView> tokens) {
    public TokensView {
        tokens = List.copyOf(tokens);
    }

    /**
     * One token.
     *
     * @param level {@code admin}, {@code operator} or {@code viewer}
     */
    @Json
    public record TokenView(String name, String level, Instant createdAt, long ageSeconds) {}

    /**
     * A token that was made just now.
     *
     * @param text a secret, which is nowhere else
     */
    @Json
    public record CreatedTokenView(TokenView token, String text) {
        @Override
        public String toString() {
            return "CreatedTokenView[" + token + "]";
        }
    }
}
