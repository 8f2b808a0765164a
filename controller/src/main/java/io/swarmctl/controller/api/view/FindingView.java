package io.swarmctl.controller.api.view;

import io.avaje.jsonb.Json;

/** Something a person should know. {@code severity} is {@code warning} or {@code error}. */
@Json
public record FindingView(String severity, String problem, String remedy) {}
