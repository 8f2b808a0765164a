package io.swarmctl.controller.image;

import io.swarmctl.common.wire.WireJson;
import io.swarmctl.controller.image.card.DockerDirectory;
import io.swarmctl.controller.image.card.DockerManifest;
import io.swarmctl.controller.image.disk.ImageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A directory of gathered packages: one, and the index. */
public final class TestDocker {
    public static final String PACKAGE = "docker.io_26.1_arm64.deb";

    private TestDocker() {}

    public static DockerDirectory in(Path directory, String release, String architecture)
            throws IOException, ImageException {
        Files.createDirectories(directory);
        List<DockerManifest.File> files = new ArrayList<>();
        for (String name : List.of(PACKAGE, DockerManifest.INDEX)) {
            byte[] content =
                    ("Package: docker.io\nFilename: ./" + PACKAGE + "\n" + name).getBytes(StandardCharsets.UTF_8);
            Files.write(directory.resolve(name), content);
            files.add(new DockerManifest.File(name, content.length, sum(content)));
        }
        DockerManifest manifest = new DockerManifest(release, architecture, "docker.io 26.1", files);
        Files.writeString(directory.resolve(DockerManifest.NAME), WireJson.write(manifest, DockerManifest.class));
        return DockerDirectory.open(directory);
    }

    private static String sum(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
