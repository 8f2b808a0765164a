package io.swarmctl.controller.cli;

import io.avaje.jsonb.Json;

/**
 * A controller and how to get in.
 *
 * @param url without a path
 * @param ca the fleet CA's certificate as PEM: nothing else is trusted
 */
@Json
public record Context(String name, String url, String ca, String token) {
    @Override
    public String toString() {
        return "Context[" + name + " " + url + "]";
    }
}
