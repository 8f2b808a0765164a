package io.swarmctl.controller.api;

import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param token fingerprint of the access token
 * @param session null for programs, which send the token itself
 */
record Caller(Access access, String token, @Nullable Session session) {}
