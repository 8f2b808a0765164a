package io.swarmctl.agent.machine;

import io.swarmctl.common.wire.Fingerprint;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * apt's index of what there is to install, and how far it can be relied on. apt does not wait for it to reach the card,
 * and takes for whole what a power cut has left of it: as long as the repositories do not change, it never fetches a
 * torn list again.
 */
final class PackageIndex {
    private static final String LISTS = "var/lib/apt/lists";

    /** Ours: says for which sources an index was fetched; its time says when. */
    private static final String STAMP = "var/lib/apt/periodic/swarm-agent-update-stamp";

    /** Ours: there for as long as the lists may be torn or of no use. */
    private static final String DOUBT = "var/lib/apt/periodic/swarm-agent-update-begun";

    /** Clocks that were set back by more than this make the stamp meaningless. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    private final Layout layout;
    private final InstantSource clock;

    PackageIndex(Layout layout, InstantSource clock) {
        this.layout = layout;
        this.clock = clock;
    }

    /** Since it was fetched for all of the present sources; null when it was not. */
    @Nullable
    Long ageSeconds() throws MachineException {
        String fetchedFor = layout.text(STAMP).orElse("");
        if (!fetchedFor.equals(sources()) || !exists()) {
            return null;
        }
        Duration age = Duration.between(fetchedAt(), clock.instant());
        if (age.plus(CLOCK_TOLERANCE).isNegative()) {
            return null;
        }
        return Math.max(0, age.toSeconds());
    }

    /** Changes whenever another index was fetched. */
    String state() throws MachineException {
        return layout.exists(STAMP) ? fetchedAt() + ";" + layout.text(STAMP).orElse("") : "absent";
    }

    /** To be called before {@code apt-get update}. */
    void beginFetching() throws MachineException {
        if (layout.exists(DOUBT)) {
            for (Path list : lists()) {
                DurableFile.delete(list);
            }
        }
        DurableFile.write(layout.at(DOUBT), "");
    }

    /** To be called when {@code apt-get update} has ended, well or not. */
    void endFetching() throws MachineException {
        for (Path list : lists()) {
            sync(list);
        }
        sync(layout.at(LISTS));
        DurableFile.delete(layout.at(DOUBT));
    }

    /** To be called when every list was fetched. */
    void noteFresh() throws MachineException {
        Path stamp = layout.at(STAMP);
        DurableFile.write(stamp, sources());
        try {
            Files.setLastModifiedTime(stamp, FileTime.from(clock.instant()));
        } catch (IOException e) {
            throw DurableFile.failure("write " + stamp, e);
        }
    }

    /** To be called when it turned out to be older than the repository, or to lack what the repository has. */
    void noteUseless() throws MachineException {
        DurableFile.write(layout.at(DOUBT), "");
        DurableFile.delete(layout.at(STAMP));
    }

    private boolean exists() throws MachineException {
        return lists().stream()
                .anyMatch(file -> String.valueOf(file.getFileName()).matches(".*_(In)?Release|.*_Packages.*"));
    }

    private List<Path> lists() throws MachineException {
        return layout.entries(LISTS).stream().filter(Files::isRegularFile).toList();
    }

    private static void sync(Path path) throws MachineException {
        if (!Files.exists(path)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw DurableFile.failure("write " + path, e);
        }
    }

    private String sources() throws MachineException {
        List<Path> files = new ArrayList<>(List.of(layout.at("etc/apt/sources.list")));
        files.addAll(layout.entries("etc/apt/sources.list.d"));
        StringBuilder all = new StringBuilder();
        for (Path file : files) {
            if (String.valueOf(file.getFileName()).matches(".*\\.(list|sources)")) {
                all.append(file.getFileName())
                        .append('\n')
                        .append(Layout.text(file).orElse(""));
            }
        }
        return Fingerprint.of(all.toString());
    }

    private Instant fetchedAt() throws MachineException {
        try {
            return Files.getLastModifiedTime(layout.at(STAMP)).toInstant();
        } catch (IOException e) {
            throw DurableFile.failure("read " + layout.at(STAMP), e);
        }
    }
}
