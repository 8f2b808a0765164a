package io.swarmctl.controller.api.view;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * The standing rule that gives roles by itself.
 *
 * @param nextInSeconds when it gives the next ones, unless another node comes before; null when every node has one
 */
@Json
public record AutoView(
        int managers, int settleSeconds, @Nullable Long nextInSeconds) {}
