package io.swarmctl.agent.machine;

import io.swarmctl.agent.machine.Commands.Command;
import io.swarmctl.common.wire.SystemFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The operating system: release, kernel, architecture, and room on the card. */
final class OperatingSystem {
    private static final String DOCKER_DATA = "var/lib/docker";

    private final Layout layout;
    private final Commands commands;
    private final Kernel kernel;
    /** Never changes while we run, and takes a process to find out. */
    private String architecture = "";

    OperatingSystem(Layout layout, Commands commands, Kernel kernel) {
        this.layout = layout;
        this.commands = commands;
        this.kernel = kernel;
    }

    SystemFacts facts() throws MachineException {
        return new SystemFacts(
                released("PRETTY_NAME").orElse("unknown"),
                codename(),
                kernel.version(),
                architecture(),
                freeDiskBytes(),
                layout.text("proc/sys/kernel/random/boot_id").orElse("").strip(),
                kernel.hasModules());
    }

    String codename() throws MachineException {
        return released("VERSION_CODENAME").orElse("");
    }

    /** As dpkg names it; the kernel's may differ, for a 64-bit kernel runs 32-bit systems. */
    String architecture() throws MachineException {
        if (architecture.isEmpty()) {
            Commands.Result answer = commands.succeed(Command.of("dpkg", "--print-architecture"), line -> {});
            architecture = String.join("", answer.lines()).strip();
        }
        return architecture;
    }

    private long freeDiskBytes() throws MachineException {
        Path directory = layout.at(DOCKER_DATA);
        while (!Files.isDirectory(directory) && directory.getParent() != null) {
            directory = directory.getParent();
        }
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            throw DurableFile.failure("read the free space of " + directory, e);
        }
    }

    private Optional<String> released(String key) throws MachineException {
        return layout.text("etc/os-release")
                .orElse("")
                .lines()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1).replace("\"", "").strip())
                .findFirst();
    }
}
