package io.swarmctl.controller.api.view;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A node in a list.
 *
 * @param state one word: {@code pending, new, silent, working, waiting, ready, failed, blocked, rebooting, revoked,
 *     removing}
 * @param why more about the state; may be empty
 * @param remedy what a person can do; empty when there is nothing to do
 * @param address its first network address; empty before the first report
 * @param membership its part in the swarm by its own report: {@code manager} or {@code worker}; empty outside
 * @param remaining actions still to be done
 * @param labels by key; absent from controllers that know none
 * @param key fingerprint of its key while the node itself waits for approval, so that a person can compare; else null
 * @param candidate another card that waits to take the node's place; null when none does
 * @param seenAt when its latest report came; null before the first
 */
@Json
public record NodeView(
        String id,
        String name,
        String model,
        long memoryBytes,
        @Nullable String role,
        String state,
        String why,
        String remedy,
        boolean connected,
        String address,
        String membership,
        int remaining,
        String agentVersion,
        Map<String, String> labels,
        Instant arrivedAt,
        long arrivedAgeSeconds,
        @Nullable String key,
        @Nullable CandidateView candidate,
        @Nullable Instant seenAt,
        @Nullable Long seenAgeSeconds) {
    @SuppressWarnings("NullAway") // from an older controller it is null
    public NodeView {
        labels = labels == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    /** Whether a person has to decide who comes in: the node itself, or another card for it. */
    public boolean waitsForApproval() {
        return state.equals("pending") || candidate != null;
    }
}
