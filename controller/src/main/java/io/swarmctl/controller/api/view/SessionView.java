package io.swarmctl.controller.api.view;

import io.avaje.jsonb.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and what they may do.
 *
 * @param name of the access token
 * @param level {@code admin}, {@code operator} or {@code viewer}
 * @param expiresAt when the session ends; null for programs, which have none
 */
@Json
public record SessionView(
        Instant at,
        String name,
        String level,
        @Nullable Instant expiresAt,
        @Nullable Long expiresInSeconds) {}
