package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;

/**
 * The Docker engine.
 *
 * @param installed a dockerd and a Docker command line are there
 * @param enabled starts at boot
 * @param version what the engine says over its socket, empty when it does not answer
 */
@Json
public record DockerFacts(boolean installed, boolean enabled, String version) {
    public DockerFacts {
        Absent.required(version, "version");
    }

    public boolean answers() {
        return !version.isEmpty();
    }
}
