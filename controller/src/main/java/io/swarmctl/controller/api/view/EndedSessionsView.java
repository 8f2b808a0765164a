package io.swarmctl.controller.api.view;

import io.avaje.jsonb.Json;

/** How many sessions were ended. */
@Json
public record EndedSessionsView(int ended) {}
