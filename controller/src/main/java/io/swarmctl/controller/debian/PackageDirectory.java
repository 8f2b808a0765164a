package io.swarmctl.controller.debian;

import io.swarmctl.common.wire.WireException;
import io.swarmctl.common.wire.WireJson;
import io.swarmctl.controller.deb.Repacking;
import io.swarmctl.controller.debian.Mirror.Sink;
import io.swarmctl.controller.image.card.DockerDirectory;
import io.swarmctl.controller.image.card.DockerManifest;
import io.swarmctl.controller.image.disk.Unfinished;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The directory that packages are gathered in. A file gets its name when it is whole; the manifest comes last. */
final class PackageDirectory implements AutoCloseable {
    private final Path directory;
    private final String release;
    private final String architecture;
    private final List<DockerManifest.File> earlier;
    private final Unfinished unfinished = new Unfinished();

    private PackageDirectory(Path directory, String release, String architecture, List<DockerManifest.File> earlier) {
        this.directory = directory;
        this.release = release;
        this.architecture = architecture;
        this.earlier = earlier;
    }

    /** @throws DebianException when it holds packages for another system */
    static PackageDirectory open(Path directory, String release, String architecture)
            throws DebianException, IOException {
        Files.createDirectories(directory);
        List<DockerManifest.File> earlier = new ArrayList<>();
        Path known = directory.resolve(DockerManifest.NAME);
        if (Files.exists(known)) {
            try {
                DockerManifest manifest = WireJson.read(Files.readString(known), DockerManifest.class);
                if (!manifest.release().equals(release)
                        || !manifest.architecture().equals(architecture)) {
                    throw new DebianException(
                            directory + " has packages for " + manifest.release() + " " + manifest.architecture(),
                            "give another directory, one for each kind of system");
                }
                earlier.addAll(manifest.files());
            } catch (WireException e) {
                throw new DebianException(known + " is damaged", "remove it, and try again", e);
            }
        }
        return new PackageDirectory(directory, release, architecture, earlier);
    }

    /** The file that an earlier run has made of that package, if it is still there, whole. */
    Optional<DockerManifest.File> madeOf(DebianPackage one) {
        return earlier.stream()
                .filter(file -> file.name().equals(one.fileName())
                        && file.original().equals(one.sha256())
                        && DockerDirectory.holds(directory, file))
                .findFirst();
    }

    /** Whether it lies there as Debian has it. */
    boolean hasOriginal(DebianPackage one) {
        return DockerDirectory.holds(directory, new DockerManifest.File(one.fileName(), one.size(), one.sha256()));
    }

    /** Fills a file. */
    @FunctionalInterface
    interface Filling {
        void into(Sink sink) throws DebianException, IOException;
    }

    void add(String name, Filling filling) throws DebianException, IOException {
        Path part = unfinished.begin(directory.resolve(name + ".part"));
        filling.into(() -> new BufferedOutputStream(Files.newOutputStream(part)));
        Files.move(part, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        unfinished.done(part);
    }

    /** Packs anew what lies there as Debian has it, for boards to unpack it faster. */
    DockerManifest.File repack(DebianPackage one) throws IOException {
        Path place = directory.resolve(one.fileName());
        Path part = unfinished.begin(directory.resolve(one.fileName() + ".part"));
        Repacking.repack(place, part);
        Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        unfinished.done(part);
        return new DockerManifest.File(one.fileName(), Files.size(place), DockerDirectory.sum(place), one.sha256());
    }

    /** Everything is there: describes it, and removes what an earlier run has left that is not wanted any more. */
    DockerManifest complete(String index, List<DockerManifest.File> packages, String docker)
            throws DebianException, IOException {
        byte[] bytes = index.getBytes(StandardCharsets.UTF_8);
        add(DockerManifest.INDEX, text(bytes));
        List<DockerManifest.File> files = new ArrayList<>(packages);
        files.add(new DockerManifest.File(
                DockerManifest.INDEX,
                bytes.length,
                HexFormat.of().formatHex(Mirror.sha256().digest(bytes))));
        DockerManifest manifest = new DockerManifest(release, architecture, docker, files);
        String json = WireJson.write(manifest, DockerManifest.class) + "\n";
        add(DockerManifest.NAME, text(json.getBytes(StandardCharsets.UTF_8)));
        for (DockerManifest.File old : earlier) {
            if (old.name().endsWith(".deb")
                    && files.stream().noneMatch(file -> file.name().equals(old.name()))) {
                Files.deleteIfExists(directory.resolve(Path.of(old.name()).getFileName()));
            }
        }
        return manifest;
    }

    private static Filling text(byte[] bytes) {
        return sink -> {
            try (OutputStream out = sink.open()) {
                out.write(bytes);
            }
        };
    }

    @Override
    public void close() {
        unfinished.close();
    }
}
