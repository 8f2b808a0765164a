package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * Where a node gets its Docker engine from, when it has none yet.
 *
 * @param location of {@code REPOSITORY} the base address, of {@code DIRECTORY} the path on the node; else empty
 * @param gathered the same packages, from the controller; null where it has none for this node
 */
@Json
public record DockerSpec(
        DockerSource source, String location, @Nullable Gathered gathered) {
    public DockerSpec {
        Absent.required(source, "source");
        Absent.required(location, "location");
    }

    /** One that the controller has gathered nothing of. */
    public DockerSpec(DockerSource source, String location) {
        this(source, location, null);
    }

    public DockerSpec with(Gathered packages) {
        return new DockerSpec(source, location, packages);
    }
}
