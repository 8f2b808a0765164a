package io.swarmctl.agent.machine;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the machine's files are.
 *
 * @param root {@code /}, or a directory that stands for it in tests
 * @param deviceTree the board's description by its firmware, usually {@code /proc/device-tree}
 * @param dockerSocket where the Docker engine listens
 * @param notes a directory of ours that outlives a reboot
 */
public record Layout(Path root, Path deviceTree, Path dockerSocket, Path notes) {

    /** This machine, with the agent's own notes in that directory. */
    public static Layout ofThisMachine(Path deviceTree, Path notes) {
        return new Layout(Path.of("/"), deviceTree, Path.of("/run/docker.sock"), notes);
    }

    /** A directory that stands for a whole machine. */
    public static Layout in(Path root) {
        return new Layout(
                root,
                root.resolve("proc/device-tree"),
                root.resolve("run/docker.sock"),
                root.resolve("var/lib/swarm-agent"));
    }

    /** The place of a path that is written as from the root, with or without the slash that begins it. */
    Path at(String path) {
        return root.resolve(path.startsWith("/") ? path.substring(1) : path);
    }

    boolean exists(String path) {
        return Files.exists(at(path));
    }

    /** Whether there is a link of that name, wherever it leads; systemd enables units by such links. */
    boolean hasLink(String path) {
        return Files.exists(at(path), LinkOption.NOFOLLOW_LINKS);
    }

    /** The content of a text file, empty when there is no such file. */
    Optional<String> text(String path) throws MachineException {
        return text(at(path));
    }

    static Optional<String> text(Path file) throws MachineException {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (FileSystemException e) {
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            throw unreadable(file, e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** The entries of a directory in the order of their names; none when there is no such directory. */
    List<Path> entries(String path) throws MachineException {
        Path directory = at(path);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
    }

    private static MachineException unreadable(Path file, IOException cause) {
        return new MachineException(
                "cannot read " + file + ": " + cause.getMessage(),
                "if it happens again, the card may be failing: replace it",
                true,
                cause);
    }
}
