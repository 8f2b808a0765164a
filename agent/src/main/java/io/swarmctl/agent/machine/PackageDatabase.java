package io.swarmctl.agent.machine;

import io.swarmctl.agent.machine.Commands.Command;
import io.swarmctl.agent.machine.Commands.Result;
import io.swarmctl.common.wire.PackageFacts;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What dpkg's own files say, and whether there is something to upgrade. */
final class PackageDatabase {
    private static final String STATUS = "var/lib/dpkg/status";
    private static final Set<String> HALF_DONE =
            Set.of("half-installed", "unpacked", "half-configured", "triggers-awaited", "triggers-pending");
    private static final Duration SIMULATION = Duration.ofMinutes(5);

    private final Layout layout;
    private final Commands commands;
    private final PackageIndex index;
    private final CardPackages card;
    private final PackageWay way = new PackageWay();
    private Interrupted interrupted = new Interrupted("", false);
    private Upgradable upgradable = new Upgradable("", null);

    PackageDatabase(Layout layout, Commands commands, InstantSource clock) {
        this.layout = layout;
        this.commands = commands;
        this.index = new PackageIndex(layout, clock);
        this.card = new CardPackages(layout);
    }

    PackageFacts facts() throws MachineException {
        Long age = index.ageSeconds();
        return facts(age, age == null ? null : upgradable());
    }

    /** Without a process: the number of packages that could be upgraded is there only if nothing has changed since. */
    PackageFacts factsAtHand() throws MachineException {
        Long age = index.ageSeconds();
        boolean stillTrue = age != null && upgradable.when().equals(stateOf(STATUS) + index.state());
        return facts(age, stillTrue ? upgradable.count() : null);
    }

    private PackageFacts facts(@Nullable Long age, @Nullable Integer upgradableCount) throws MachineException {
        return new PackageFacts(
                isInterrupted(),
                age,
                upgradableCount,
                new DockerRepository(layout).location(),
                card.docker(),
                way.trouble());
    }

    PackageWay way() {
        return way;
    }

    CardPackages card() {
        return card;
    }

    PackageIndex index() {
        return index;
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

    /** Takes a process, so it is asked only when the index or the installed packages have changed. */
    private @Nullable Integer upgradable() throws MachineException {
        String state = stateOf(STATUS) + index.state();
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

    /** What was found out when the files it comes from were in that state. */
    private record Interrupted(String when, boolean value) {}

    private record Upgradable(String when, @Nullable Integer count) {}
}
