package io.swarmctl.agent.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The card's first partition, which every computer can read: a FAT file system that the firmware boots from. */
public final class BootPartition {
    private static final List<String> USUAL = List.of("/boot/firmware", "/boot");
    private static final Set<String> FAT = Set.of("vfat", "msdos", "exfat");

    private final Path directory;

    private BootPartition(Path directory) {
        this.directory = directory;
    }

    /**
     * Finds it; empty where there is none that can be written.
     *
     * @param given a directory that is taken as it is; null to look for the firmware's
     */
    public static Optional<BootPartition> find(@Nullable Path given) {
        Optional<Path> directory = given == null ? mounted() : Optional.of(given);
        return directory.filter(Files::isDirectory).filter(Files::isWritable).map(BootPartition::new);
    }

    private static Optional<Path> mounted() {
        try {
            return among(Files.readString(Path.of("/proc/self/mounts"))).map(Path::of);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The firmware's among the kernel's lines of {@code device directory type options}. */
    static Optional<String> among(String mounts) {
        List<String> writableFats = mounts.lines()
                .map(line -> line.split(" "))
                .filter(fields -> fields.length > 3 && isFat(fields[2]))
                .filter(fields -> List.of(fields[3].split(",")).contains("rw"))
                .map(fields -> fields[1])
                .toList();
        return USUAL.stream().filter(writableFats::contains).findFirst();
    }

    /** Where the kernel has no FAT, a program does it, and says of the type only that it does. */
    private static boolean isFat(String type) {
        return FAT.contains(type) || type.startsWith("fuse");
    }

    /**
     * The beginning of a file.
     *
     * @param most how many bytes at most
     * @return empty when there is no such file
     */
    public Optional<byte[]> read(String name, int most) throws MachineException {
        Path file = directory.resolve(name);
        try (InputStream content = Files.newInputStream(file)) {
            return Optional.of(content.readNBytes(most));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw DurableFile.failure("read " + file, e);
        }
    }

    public void write(String name, String content) throws MachineException {
        DurableFile.writeOnFat(directory.resolve(name), content);
    }

    /** Gives a file another name; one that has it already is replaced. */
    public void rename(String from, String to) throws MachineException {
        Path file = directory.resolve(from);
        try {
            Files.move(
                    file, directory.resolve(to), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            DurableFile.sync(directory);
        } catch (IOException e) {
            throw DurableFile.failure("rename " + file, e);
        }
    }
}
