package io.swarmctl.controller.fleet;

import io.swarmctl.common.wire.Fingerprint;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Keys that a person has refused: whoever has one is not put before a person again. Beyond a bound the oldest are
 * forgotten; a card that then asks again waits again, no more.
 *
 * @param fingerprints by a number that grows with every refusal
 */
public record Refusals(SortedMap<Long, String> fingerprints) {
    static final int MOST = 1_000;

    public Refusals {
        fingerprints = Collections.unmodifiableSortedMap(new TreeMap<>(fingerprints));
    }

    public static Refusals none() {
        return new Refusals(new TreeMap<>());
    }

    public boolean has(String publicJwk) {
        return fingerprints.containsValue(Fingerprint.of(publicJwk));
    }

    public Refusals with(String publicJwk) {
        if (has(publicJwk)) {
            return this;
        }
        SortedMap<Long, String> more = new TreeMap<>(fingerprints);
        more.put(more.isEmpty() ? 1 : more.lastKey() + 1, Fingerprint.of(publicJwk));
        while (more.size() > MOST) {
            more.remove(more.firstKey());
        }
        return new Refusals(more);
    }
}
