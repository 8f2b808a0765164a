package io.swarmctl.controller.api.view;

import io.avaje.jsonb.Json;

/** The standing rule that gives roles by itself. */
@Json
public record AutoView(int managers, int settleSeconds) {}
