package io.swarmctl.controller.fleet;

import io.swarmctl.common.wire.EnrolmentRequest;

/**
 * Somebody at the door.
 *
 * @param publicJwk the key that the request was signed with
 * @param certified whether it showed a certificate of this fleet for its serial and its key; an expired one will do
 */
public record Knock(EnrolmentRequest request, String publicJwk, boolean certified) {}
