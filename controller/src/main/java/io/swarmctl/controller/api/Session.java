package io.swarmctl.controller.api;

import java.time.Instant;

/**
 * A browser that somebody has logged in with. It may do what its access token may, and no longer than that.
 *
 * @param id SHA-256 of the cookie's text in hexadecimal; the text itself is kept nowhere
 * @param token fingerprint of the access token ({@link AccessTokens#fingerprint})
 */
public record Session(String id, String token, Instant openedAt, Instant expiresAt) {}
