package io.swarmctl.controller.cli;

import io.swarmctl.controller.debian.ArchiveKeys;
import io.swarmctl.controller.debian.DebianException;
import io.swarmctl.controller.debian.DockerFetch;
import io.swarmctl.controller.debian.Mirrors;
import io.swarmctl.controller.image.card.DockerManifest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "fetch-docker",
        description = {
            "Gathers Docker's packages for cards whose first boot has no internet.",
            "From Debian's archive: docker.io and what it needs. They are checked as apt does, by Debian's signatures. May",
            "be repeated: what is there already is not fetched again."
        },
        footer = {
            "",
            "Example:",
            "  swarmctl image fetch-docker --arch arm64 --suite bookworm docker-packages",
            "and then 'swarmctl image build ... --with-docker docker-packages'"
        })
final class ImageFetchDocker implements Callable<Integer> {
    private static final long MEGABYTE = 1_000_000;

    /** Kinds of systems that there are images of. */
    enum Architecture {
        arm64,
        armhf,
        amd64
    }

    /** Debian's releases that there are images of. */
    enum Suite {
        bookworm,
        trixie
    }

    private final Surroundings surroundings;

    @Parameters(paramLabel = "DIR", description = "Where they go; made if it is not there.")
    private Path directory = Path.of("");

    @Option(
            names = "--arch",
            required = true,
            paramLabel = "ARCH",
            description = "What the image is for: ${COMPLETION-CANDIDATES}.")
    private Architecture architecture = Architecture.arm64;

    @Option(
            names = "--suite",
            required = true,
            paramLabel = "RELEASE",
            description = "What the image is made of: ${COMPLETION-CANDIDATES}.")
    private Suite suite = Suite.bookworm;

    @Option(
            names = "--mirror",
            paramLabel = "URL",
            description = "Debian's archive (default: what this machine's apt uses, else deb.debian.org).")
    private String mirror = "";

    @Option(
            names = "--security-mirror",
            paramLabel = "URL",
            description = "That of the security updates (default: the mirror's with -security at its end).")
    private String securityMirror = "";

    @Option(
            names = "--keyring",
            paramLabel = "FILE",
            description = "The OpenPGP keys that the archive is signed with, instead of Debian's.")
    private @Nullable Path keyring;

    @Mixin
    private Output output = new Output();

    ImageFetchDocker(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        if (mirror.isEmpty() && !securityMirror.isEmpty()) {
            throw CliException.usage("--security-mirror goes with --mirror", "give both");
        }
        ProgressLine progress = new ProgressLine(surroundings);
        try {
            Mirrors mirrors =
                    mirror.isEmpty() ? Mirrors.ofApt(Path.of("/etc/apt")) : Mirrors.of(mirror, securityMirror);
            ArchiveKeys keys = keyring == null ? ArchiveKeys.ofDebian() : ArchiveKeys.of(keyring);
            DockerManifest manifest = new DockerFetch(mirrors, keys, progress)
                    .into(directory, suite.name(), architecture.name(), Instant.now());
            progress.end();
            output.print(surroundings, Api.write(manifest, DockerManifest.class), json -> words(manifest));
            return ExitCode.OK;
        } catch (DebianException e) {
            progress.end();
            throw new CliException(String.valueOf(e.getMessage()), e.remedy(), e);
        }
    }

    private String words(DockerManifest manifest) {
        long bytes =
                manifest.files().stream().mapToLong(DockerManifest.File::size).sum();
        return String.format(
                Locale.ROOT,
                "%s for %s %s: %d packages, %d MB%nnext  swarmctl image build --with-docker %s ...%n",
                manifest.docker(),
                manifest.release(),
                manifest.architecture(),
                manifest.files().size() - 1,
                bytes / MEGABYTE,
                directory);
    }
}
