package io.swarmctl.agent.machine;

import io.swarmctl.common.wire.MemoryCgroup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the running kernel can do, and what its command line asks it to do at the next boot. */
final class Kernel {
    private static final String ASKS = "cgroup_enable=memory";
    private static final String REFUSES = "cgroup_disable=memory";

    private final Layout layout;
    private final RebootNote rebooted;

    Kernel(Layout layout) {
        this.layout = layout;
        this.rebooted = new RebootNote(layout);
    }

    MemoryCgroup memoryCgroup() throws MachineException {
        if (hasMemoryCgroup()) {
            return MemoryCgroup.AVAILABLE;
        }
        Optional<Path> file = commandLineFile();
        if (file.isEmpty() || words(layout.text("proc/cmdline").orElse("")).contains(ASKS)) {
            return MemoryCgroup.OUT_OF_REACH;
        }
        if (!asked(file.get()).contains(ASKS)) {
            return MemoryCgroup.NOT_ASKED_FOR;
        }
        return rebooted.wasInVain(situation()) ? MemoryCgroup.OUT_OF_REACH : MemoryCgroup.AFTER_REBOOT;
    }

    /** False when an upgrade took the running kernel's modules away. Machines without any modules do without. */
    boolean hasModules() throws MachineException {
        return modulesAreThere() || rebooted.wasInVain(situation());
    }

    String version() throws MachineException {
        return layout.text("proc/sys/kernel/osrelease").orElse("").strip();
    }

    void askForMemoryCgroup(Output output) throws MachineException {
        Path file = commandLineFile()
                .orElseThrow(() -> new MachineException(
                        "there is no cmdline.txt to change",
                        "boot with " + ASKS + " on the kernel command line",
                        false,
                        null));
        List<String> words = new ArrayList<>(asked(file));
        if (words.isEmpty()) {
            throw new MachineException(
                    file + " is empty: the board would not boot again", "flash the card anew", false, null);
        }
        words.removeIf(word -> word.equals(ASKS) || word.equals(REFUSES));
        words.add(ASKS);
        DurableFile.writeOnFat(file, String.join(" ", words) + "\n");
        output.line(file + ": added " + ASKS);
    }

    /** To be called right before a reboot. */
    void noteReboot() throws MachineException {
        rebooted.write(situation());
    }

    private String situation() throws MachineException {
        Optional<Path> file = commandLineFile();
        String commandLine = file.isPresent() ? Layout.text(file.get()).orElse("") : "";
        return commandLine + "\n" + version() + "\n" + moduleDirectories();
    }

    private boolean hasMemoryCgroup() throws MachineException {
        return words(layout.text("sys/fs/cgroup/cgroup.controllers").orElse("")).contains("memory")
                || layout.exists("sys/fs/cgroup/memory/memory.limit_in_bytes")
                || layout.text("proc/cgroups").orElse("").lines().anyMatch(line -> line.matches("memory\\s.*\\s1"));
    }

    private boolean modulesAreThere() throws MachineException {
        List<String> versions = moduleDirectories();
        return versions.isEmpty() || versions.contains(version());
    }

    private List<String> moduleDirectories() throws MachineException {
        return layout.entries("lib/modules").stream()
                .filter(Files::isDirectory)
                .map(directory -> String.valueOf(directory.getFileName()))
                .toList();
    }

    private Optional<Path> commandLineFile() {
        return Stream.of("boot/firmware/cmdline.txt", "boot/cmdline.txt")
                .map(layout::at)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** The file's one line: the firmware reads no further. */
    private static List<String> asked(Path file) throws MachineException {
        return words(Layout.text(file).orElse("").lines().findFirst().orElse(""));
    }

    private static List<String> words(String text) {
        return Stream.of(text.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
