package io.swarmctl.controller.fleet;

import java.time.Instant;

/**
 * A secret that lets new nodes in. Only its hash is kept.
 *
 * @param id names it; the first part of the key's text
 * @param secretHash SHA-256 of the whole key in hexadecimal
 * @param usesLeft how many more nodes it lets in
 */
public record EnrolmentKey(
        String id, String secretHash, Instant createdAt, Instant expiresAt, int usesLeft, boolean revoked) {
    public EnrolmentKey used() {
        return new EnrolmentKey(id, secretHash, createdAt, expiresAt, usesLeft - 1, revoked);
    }

    public EnrolmentKey revoke() {
        return new EnrolmentKey(id, secretHash, createdAt, expiresAt, usesLeft, true);
    }
}
