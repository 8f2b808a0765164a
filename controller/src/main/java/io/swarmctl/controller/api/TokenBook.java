package io.swarmctl.controller.api;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps the access tokens. Blocks. */
public interface TokenBook {
    /** @param createdAt by the controller's clock */
    record Issued(Access access, Instant createdAt) {}

    /** All of them, by name. */
    List<Issued> all() throws IOException;

    /**
     * Makes a token that gives that access.
     *
     * @return its text, which is nowhere else; empty when another token has that name
     */
    Optional<String> create(Access access, Instant now) throws IOException;

    /** Ends the token of that name; from then on it opens nothing. Whether there was one. */
    boolean revoke(String name) throws IOException;
}
