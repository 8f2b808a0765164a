package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;

/**
 * Where a node gets its Docker engine from, when it has none yet.
 *
 * @param location of {@code REPOSITORY} the base address, of {@code DIRECTORY} the path on the node; else empty
 */
@Json
public record DockerSpec(DockerSource source, String location) {
    public DockerSpec {
        Absent.required(source, "source");
        Absent.required(location, "location");
    }
}
