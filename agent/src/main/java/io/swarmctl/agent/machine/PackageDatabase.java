package io.swarmctl.agent.machine;

import io.swarmctl.agent.machine.Commands.Command;
import io.swarmctl.agent.machine.Commands.Result;
import io.swarmctl.common.wire.Fingerprint;
import io.swarmctl.common.wire.PackageFacts;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What dpkg's and apt's own files say. */
final class PackageDatabase {
    private static final String STATUS = "var/lib/dpkg/status";
    private static final String INDEX = "var/lib/apt/lists";

    /** Ours: says for which sources an index was fetched; its time says when. */
    private static final String STAMP = "var/lib/apt/periodic/swarm-agent-update-stamp";

    private static final Set<String> HALF_DONE =
            Set.of("half-installed", "unpacked", "half-configured", "triggers-awaited", "triggers-pending");
    /** Clocks that were set back by more than this make the stamp meaningless. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    private static final Duration SIMULATION = Duration.ofMinutes(5);

    private final Layout layout;
    private final Commands commands;
    private final InstantSource clock;
    private Interrupted interrupted = new Interrupted("", false);
    private Upgradable upgradable = new Upgradable("", null);

    PackageDatabase(Layout layout, Commands commands, InstantSource clock) {
        this.layout = layout;
        this.commands = commands;
        this.clock = clock;
    }

    PackageFacts facts() throws MachineException {
        Long age = indexAgeSeconds();
        return new PackageFacts(
                isInterrupted(), age, age == null ? null : upgradable(), new DockerRepository(layout).location());
    }

    /** To be called when {@code apt-get update} has fetched every index. */
    void noteFreshIndex() throws MachineException {
        Path stamp = layout.at(STAMP);
        DurableFile.write(stamp, sources());
        try {
            Files.setLastModifiedTime(stamp, FileTime.from(clock.instant()));
        } catch (IOException e) {
            throw DurableFile.failure("write " + stamp, e);
        }
    }

    /** To be called when the index turned out to be older than the repository. */
    void noteOldIndex() throws MachineException {
        DurableFile.delete(layout.at(STAMP));
    }

    private boolean isInterrupted() throws MachineException {
        boolean hasJournal = layout.entries("var/lib/dpkg/updates").stream()
                .anyMatch(file -> String.valueOf(file.getFileName()).matches("\\d+"));
        if (hasJournal) {
            return true;
        }
        String state = stateOf(STATUS);
        if (!interrupted.when().equals(state)) {
            interrupted = new Interrupted(state, hasHalfDonePackage());
        }
        return interrupted.value();
    }

    private boolean hasHalfDonePackage() throws MachineException {
        Path file = layout.at(STATUS);
        if (!Files.exists(file)) {
            return false;
        }
        try (BufferedReader status = Files.newBufferedReader(file)) {
            return status.lines()
                    .filter(line -> line.startsWith("Status: "))
                    .anyMatch(line -> HALF_DONE.contains(line.substring(line.lastIndexOf(' ') + 1)));
        } catch (IOException e) {
            throw DurableFile.failure("read " + file, e);
        }
    }

    private @Nullable Long indexAgeSeconds() throws MachineException {
        String fetchedFor = layout.text(STAMP).orElse("");
        if (!fetchedFor.equals(sources()) || !hasIndex()) {
            return null;
        }
        Duration age = Duration.between(modified(STAMP), clock.instant());
        if (age.plus(CLOCK_TOLERANCE).isNegative()) {
            return null;
        }
        return Math.max(0, age.toSeconds());
    }

    private boolean hasIndex() throws MachineException {
        return layout.entries(INDEX).stream()
                .anyMatch(file -> String.valueOf(file.getFileName()).matches(".*_(In)?Release|.*_Packages.*"));
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

    /** Takes a process, so it is asked only when the index or the installed packages have changed. */
    private @Nullable Integer upgradable() throws MachineException {
        String state = stateOf(STATUS) + stateOf(STAMP);
        if (!upgradable.when().equals(state)) {
            upgradable = new Upgradable(state, simulateUpgrade());
        }
        return upgradable.count();
    }

    private @Nullable Integer simulateUpgrade() throws MachineException {
        AtomicInteger count = new AtomicInteger();
        Command command = Command.of("apt-get", "-s", "-q", "-oDebug::NoLocking=true", "dist-upgrade")
                .within(SIMULATION);
        Result result = commands.run(command, line -> {
            if (line.startsWith("Inst ")) {
                count.incrementAndGet();
            }
        });
        return result.ok() ? count.get() : null;
    }

    private String stateOf(String path) throws MachineException {
        Path file = layout.at(path);
        if (!Files.exists(file)) {
            return "absent;";
        }
        try {
            return Files.getLastModifiedTime(file) + "," + Files.size(file) + ";";
        } catch (IOException e) {
            throw DurableFile.failure("read " + file, e);
        }
    }

    private Instant modified(String path) throws MachineException {
        try {
            return Files.getLastModifiedTime(layout.at(path)).toInstant();
        } catch (IOException e) {
            throw DurableFile.failure("read " + layout.at(path), e);
        }
    }

    /** What was found out when the files it comes from were in that state. */
    private record Interrupted(String when, boolean value) {}

    private record Upgradable(String when, @Nullable Integer count) {}
}
