package io.swarmctl.controller.gather;

import io.swarmctl.controller.debian.DebianException;
import io.swarmctl.controller.fleet.DebianSystem;
import io.swarmctl.controller.image.card.DockerManifest;
import java.nio.file.Path;

/** Where Docker's packages are gathered from. */
@FunctionalInterface
public interface Archive {
    /**
     * Brings a directory up to date. Blocks.
     *
     * @return what lies there now
     */
    DockerManifest into(Path directory, DebianSystem system) throws DebianException;
}
