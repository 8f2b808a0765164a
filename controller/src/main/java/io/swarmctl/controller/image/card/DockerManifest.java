package io.swarmctl.controller.image.card;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Objects;

/**
 * What lies in a directory of Docker's packages: {@code swarmctl-docker.json} there. It is written when everything else
 * is there.
 *
 * @param release of Debian, as {@code bookworm}
 * @param architecture as Debian names it
 * @param docker package and version, as {@code docker.io 20.10.24}
 * @param files the packages, and {@code Packages}, apt's index of them
 */
@Json
public record DockerManifest(String release, String architecture, String docker, List<File> files) {
    public static final String NAME = "swarmctl-docker.json";
    public static final String INDEX = "Packages";

    public DockerManifest {
        files = files == null ? List.of() : List.copyOf(files);
    }

    /**
     * One of them.
     *
     * @param size in bytes
     * @param sha256 in hexadecimal
     * @param original the same of the package as Debian has it, before it was packed anew; empty when it was not
     */
    @Json
    public record File(String name, long size, String sha256, String original) {
        public File {
            // Earlier directories do not tell.
            original = Objects.requireNonNullElse(original, "");
        }

        public File(String name, long size, String sha256) {
            this(name, size, sha256, "");
        }
    }
}
