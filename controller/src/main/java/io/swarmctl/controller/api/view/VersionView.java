package io.swarmctl.controller.api.view;

import io.avaje.jsonb.Json;

/** Which controller this is. */
@Json
public record VersionView(String version, String fleet) {}
