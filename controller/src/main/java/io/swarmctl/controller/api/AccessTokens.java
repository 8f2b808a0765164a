package io.swarmctl.controller.api;

import io.swarmctl.common.wire.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** Tells who comes with a bearer token. Does not block. */
public interface AccessTokens {
    /** What the token gives access to; empty when it is nobody's. */
    default Optional<Access> check(String token) {
        return withFingerprint(fingerprint(token));
    }

    /** The same by the token's fingerprint; empty when it never was a token's, or is one's no more. */
    Optional<Access> withFingerprint(String fingerprint);

    /** SHA-256 of the token in hexadecimal: enough to know it again, and nothing to log in with. */
    static String fingerprint(String token) {
        return HexFormat.of().formatHex(Fingerprint.sha256(token.getBytes(StandardCharsets.UTF_8)));
    }
}
