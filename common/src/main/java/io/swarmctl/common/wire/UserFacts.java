package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * An account that a person could log in to.
 *
 * @param passwordFingerprint {@link Fingerprint#of} the hash, or empty when no password opens the account
 */
@Json
public record UserFacts(String name, String passwordFingerprint, List<String> groups, List<String> authorizedKeys) {
    public UserFacts {
        Absent.required(name, "name");
        Absent.required(passwordFingerprint, "passwordFingerprint");
        groups = Absent.list(groups);
        authorizedKeys = Absent.list(authorizedKeys);
    }

    public boolean isLocked() {
        return passwordFingerprint.isEmpty();
    }
}
