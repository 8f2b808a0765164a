package io.swarmctl.controller.api.view;

import io.avaje.jsonb.Json;

/**
 * Which controller this is.
 *
 * @param gatewayPort where it listens for agents
 */
@Json
public record VersionView(String version, String fleet, int gatewayPort) {}
