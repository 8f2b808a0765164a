package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;

/** The SSH server's state. */
@Json
public record SshFacts(boolean installed, boolean enabled) {}
