package io.swarmctl.controller.api;

import java.util.Optional;

/** Tells who comes with a bearer token. Does not block. */
public interface AccessTokens {
    /** What the token gives access to; empty when it is nobody's. */
    Optional<Access> check(String token);
}
