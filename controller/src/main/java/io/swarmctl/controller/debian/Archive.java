package io.swarmctl.controller.debian;

import io.swarmctl.controller.debian.DebianException.MissingException;
import io.swarmctl.controller.debian.Release.Listed;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * One suite of an archive.
 *
 * @param address the archive's
 * @param suite as {@code bookworm-security}
 */
record Archive(String address, String suite) {
    private static final int LONGEST_RELEASE = 4 << 20;
    private static final long LONGEST_INDEX = 64L << 20;
    private static final int MOST_KIBIBYTES = 72 * 1024;

    /** The packages of {@code main}; what is fetched is signed by these keys, or follows from what is. */
    List<DebianPackage> packages(Mirror mirror, ArchiveKeys keys, String architecture, Instant now)
            throws DebianException {
        String from = address + "/dists/" + suite + "/InRelease";
        Release release = new Release(keys.verified(mirror.fetch(from, LONGEST_RELEASE), from), from);
        release.require(suite, now, from);
        String plain = "main/binary-" + architecture + "/Packages";
        String path = release.firstOf(List.of(plain + ".xz", plain + ".gz"))
                .orElseThrow(() -> new DebianException(
                        from + " has no packages for " + architecture, "Debian has them for arm64, armhf and amd64"));
        Listed listed = release.file(path).orElseThrow();
        if (listed.size() > LONGEST_INDEX) {
            throw new DebianException(from + " has an index of " + listed.size() + " bytes", SignedText.REMEDY);
        }
        return read(index(mirror, release, path, listed), path);
    }

    /** By its checksum where that is offered: then it does not change while the mirror is being updated. */
    private byte[] index(Mirror mirror, Release release, String path, Listed listed) throws DebianException {
        if (release.isByHash()) {
            String directory = path.substring(0, path.lastIndexOf('/'));
            try {
                return fetch(mirror, directory + "/by-hash/SHA256/" + listed.sha256(), listed);
            } catch (MissingException e) {
                // Some mirrors have it by its name only.
                return fetch(mirror, path, listed);
            }
        }
        return fetch(mirror, path, listed);
    }

    private byte[] fetch(Mirror mirror, String path, Listed listed) throws DebianException {
        ByteArrayOutputStream content = new ByteArrayOutputStream((int) listed.size());
        mirror.fetch(
                address + "/dists/" + suite + "/" + path,
                listed,
                () -> {
                    content.reset();
                    return content;
                },
                bytes -> {});
        return content.toByteArray();
    }

    private List<DebianPackage> read(byte[] packed, String path) throws DebianException {
        try (InputStream in = new ByteArrayInputStream(packed);
                InputStream unpacked =
                        path.endsWith(".xz") ? new XZInputStream(in, MOST_KIBIBYTES) : new GZIPInputStream(in);
                BufferedReader reader = new BufferedReader(new InputStreamReader(unpacked, StandardCharsets.UTF_8))) {
            return PackageList.read(address, reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new DebianException("cannot read the index " + path + ": " + e.getMessage(), SignedText.REMEDY, e);
        }
    }
}
