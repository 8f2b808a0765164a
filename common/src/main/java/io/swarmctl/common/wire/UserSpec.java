package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * The first user of every node: may use sudo and Docker.
 *
 * @param sealedPasswordHash the crypt(5) hash, sealed to the node
 * @param passwordFingerprint lets the planner compare without knowing the hash: {@link Fingerprint#of}
 */
@Json
public record UserSpec(
        String name, String sealedPasswordHash, String passwordFingerprint, List<String> authorizedKeys) {
    public UserSpec {
        Absent.required(name, "name");
        Absent.required(sealedPasswordHash, "sealedPasswordHash");
        Absent.required(passwordFingerprint, "passwordFingerprint");
        authorizedKeys = Absent.list(authorizedKeys);
    }
}
