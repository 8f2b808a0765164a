package io.swarmctl.controller.debian;

import io.swarmctl.controller.debian.Release.Listed;
import io.swarmctl.controller.image.Progress;
import io.swarmctl.controller.image.card.DockerManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Gathers the packages of Debian's Docker, and all that they need, in a directory. */
public final class DockerFetch {
    private static final String DOCKER = "docker.io";

    /** The engine recommends these at most; without them no container starts on some Pis, or nothing is pulled. */
    private static final List<String> COMPANIONS = List.of("docker-cli", "ca-certificates", "apparmor", "iptables");

    private final Mirrors mirrors;
    private final ArchiveKeys keys;
    private final Progress progress;
    private final Mirror mirror = new Mirror();

    public DockerFetch(Mirrors mirrors, ArchiveKeys keys, Progress progress) {
        this.mirrors = mirrors;
        this.keys = keys;
        this.progress = progress;
    }

    /**
     * Brings the directory up to date; what is there already and still wanted is not fetched again.
     *
     * @param release as {@code bookworm}
     * @param architecture as Debian names it
     * @return what lies there now
     */
    public DockerManifest into(Path directory, String release, String architecture, Instant now)
            throws DebianException {
        List<DebianPackage> wanted = wanted(release, architecture, now);
        try (PackageDirectory files = PackageDirectory.open(directory, release, architecture)) {
            Map<DebianPackage, DockerManifest.File> packed = new HashMap<>();
            for (DebianPackage one : wanted) {
                files.madeOf(one).ifPresent(file -> packed.put(one, file));
            }
            List<DebianPackage> missing =
                    wanted.stream().filter(one -> !packed.containsKey(one)).toList();
            fetch(missing, files);
            repack(missing, files, packed);
            List<DockerManifest.File> listed = new ArrayList<>();
            StringBuilder index = new StringBuilder();
            for (DebianPackage one : wanted) {
                DockerManifest.File file = Objects.requireNonNull(packed.get(one));
                index.append(one.entry(file)).append('\n');
                listed.add(file);
            }
            return files.complete(index.toString(), listed, words(wanted));
        } catch (IOException e) {
            throw new DebianException(
                    "cannot write " + directory + ": " + e.getMessage(), "is there room, and is it yours?", e);
        }
    }

    private List<DebianPackage> wanted(String release, String architecture, Instant now) throws DebianException {
        List<Archive> archives = List.of(
                new Archive(mirrors.archive(), release),
                new Archive(mirrors.archive(), release + "-updates"),
                new Archive(mirrors.security(), release + "-security"));
        List<DebianPackage> offered = new ArrayList<>();
        for (Archive archive : archives) {
            progress.at("reading what " + archive.suite() + " has", archives.indexOf(archive), archives.size());
            offered.addAll(archive.packages(mirror, keys, architecture, now));
        }
        Closure closure = new Closure(offered);
        List<String> names = new ArrayList<>(List.of(DOCKER));
        COMPANIONS.stream().filter(closure::offers).forEach(names::add);
        return closure.of(names);
    }

    /** As {@code docker.io 20.10.24}. */
    private static String words(List<DebianPackage> wanted) {
        String version = wanted.stream()
                .filter(one -> one.name().equals(DOCKER))
                .map(one -> one.version().text())
                .findFirst()
                .orElse("");
        return DOCKER + " " + version.replaceFirst("[+-].*", "");
    }

    private void fetch(List<DebianPackage> missing, PackageDirectory files) throws DebianException, IOException {
        long total = bytes(missing);
        long behind = 0;
        for (DebianPackage one : missing) {
            if (!files.hasOriginal(one)) {
                long before = behind;
                files.add(
                        one.fileName(),
                        sink -> mirror.fetch(
                                one.address(),
                                new Listed(one.sha256(), one.size()),
                                sink,
                                bytes -> progress.at("fetching " + one.name(), before + bytes, total)));
            }
            behind += one.size();
        }
    }

    /** When all are there, so that one that is cut off while it fetches goes on where it was. */
    private void repack(
            List<DebianPackage> missing, PackageDirectory files, Map<DebianPackage, DockerManifest.File> packed)
            throws IOException {
        long total = bytes(missing);
        long behind = 0;
        for (DebianPackage one : missing) {
            progress.at("packing " + one.name() + " anew", behind, total);
            packed.put(one, files.repack(one));
            behind += one.size();
        }
    }

    private static long bytes(List<DebianPackage> packages) {
        return packages.stream().mapToLong(DebianPackage::size).sum();
    }
}
