package io.swarmctl.controller.policy;

import org.jspecify.annotations.Nullable;

/**
 * A difference between two policies. Holds no secrets: a password stands as the fingerprint of its hash.
 *
 * @param path as in the fleet file, with dots
 * @param from null when there was nothing
 * @param to null when there is nothing any more
 */
public record PolicyChange(
        String path, @Nullable String from, @Nullable String to) {
    @Override
    public String toString() {
        return path + ": " + (from == null ? "(none)" : from) + " -> " + (to == null ? "(none)" : to);
    }
}
