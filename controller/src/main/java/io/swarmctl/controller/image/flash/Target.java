package io.swarmctl.controller.image.flash;

import java.nio.file.Path;
import java.util.List;

/**
 * A device that is to be flashed.
 *
 * @param path its node
 * @param mounted what has to be unmounted first
 */
public record Target(Path path, BlockDevice disk, List<Mount> mounted) {
    public Target {
        mounted = List.copyOf(mounted);
    }
}
