package io.swarmctl.controller.server;

import io.swarmctl.controller.debian.ArchiveKeys;
import io.swarmctl.controller.debian.DebianException;
import io.swarmctl.controller.debian.DockerFetch;
import io.swarmctl.controller.debian.Mirrors;
import io.swarmctl.controller.fleet.DebianSystem;
import io.swarmctl.controller.gather.Archive;
import io.swarmctl.controller.image.card.DockerManifest;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Debian's own, or a mirror of it; Debian's signatures are asked for in any case.
 *
 * @param mirror empty: where this machine's apt has its packages from
 */
record DebianArchive(String mirror) implements Archive {
    private static final Path ETC_APT = Path.of("/etc/apt");

    @Override
    public DockerManifest into(Path directory, DebianSystem system) throws DebianException {
        Mirrors mirrors = mirror.isEmpty() ? Mirrors.ofApt(ETC_APT) : Mirrors.of(mirror, "");
        return new DockerFetch(mirrors, ArchiveKeys.ofDebian(), (doing, done, total) -> {})
                .into(
                        directory,
                        system.release(),
                        system.architecture(),
                        InstantSource.system().instant());
    }
}
