package io.swarmctl.controller.image.card;

import io.swarmctl.common.wire.WireException;
import io.swarmctl.common.wire.WireJson;
import io.swarmctl.controller.image.base.BaseSystem;
import io.swarmctl.controller.image.disk.ImageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Docker's packages in a directory, for a first boot without internet. */
public final class DockerDirectory {
    private static final int BUFFER = 256 * 1024;

    private final Path directory;
    private final DockerManifest manifest;

    private DockerDirectory(Path directory, DockerManifest manifest) {
        this.directory = directory;
        this.manifest = manifest;
    }

    /** @throws ImageException when nobody has gathered packages there, or not to the end */
    public static DockerDirectory open(Path directory) throws ImageException {
        Path file = directory.resolve(DockerManifest.NAME);
        try {
            if (!Files.isRegularFile(file)) {
                throw new ImageException(
                        "there are no packages of Docker in " + directory + ", or not all",
                        "gather them: swarmctl image fetch-docker --arch arm64 --suite bookworm " + directory);
            }
            return new DockerDirectory(directory, WireJson.read(Files.readString(file), DockerManifest.class));
        } catch (IOException | WireException e) {
            throw new ImageException(
                    "cannot read " + file,
                    "gather the packages again: swarmctl image fetch-docker --arch arm64 --suite bookworm " + directory,
                    e);
        }
    }

    public DockerManifest manifest() {
        return manifest;
    }

    /** @throws ImageException when the packages are for another system, or not all there as they were gathered */
    public void require(BaseSystem system) throws ImageException {
        String remedy = "gather them for it: swarmctl image fetch-docker --arch "
                + system.architecture().debian() + " --suite " + system.release() + " ";
        if (!manifest.architecture().equals(system.architecture().debian())
                || !manifest.release().equals(system.release())) {
            throw new ImageException(
                    "the packages in " + directory + " are for " + manifest.release() + " " + manifest.architecture()
                            + ", and the image is " + system.words(),
                    remedy + "DIR");
        }
        for (DockerManifest.File file : manifest.files()) {
            if (!holds(directory, file)) {
                throw new ImageException(directory.resolve(file.name()) + " is missing or damaged", remedy + directory);
            }
        }
    }

    /** Whether the file lies there, whole. */
    public static boolean holds(Path directory, DockerManifest.File file) {
        Path path = directory.resolve(file.name());
        try {
            return file.name().matches("[A-Za-z0-9][A-Za-z0-9.+~_%-]*")
                    && Files.isRegularFile(path)
                    && Files.size(path) == file.size()
                    && sum(path).equals(file.sha256());
        } catch (IOException e) {
            return false;
        }
    }

    /** A file's SHA-256, in hexadecimal. */
    public static String sum(Path path) throws IOException {
        try {
            MessageDigest sum = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(path), sum)) {
                byte[] buffer = new byte[BUFFER];
                int read = 0;
                while (read >= 0) {
                    read = in.read(buffer);
                }
            }
            return HexFormat.of().formatHex(sum.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }

    /** By their names. */
    Map<String, Path> files() {
        Map<String, Path> files = new TreeMap<>();
        manifest.files().forEach(file -> files.put(file.name(), directory.resolve(file.name())));
        return files;
    }
}
