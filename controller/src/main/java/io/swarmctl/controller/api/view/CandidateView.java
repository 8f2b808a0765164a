package io.swarmctl.controller.api.view;

import io.avaje.jsonb.Json;
import java.time.Instant;

/**
 * Another card with a node's serial, which waits for approval.
 *
 * @param key fingerprint of its key
 * @param address where it says it is
 */
@Json
public record CandidateView(String reason, String key, String address, Instant askedAt, long askedAgeSeconds) {}
