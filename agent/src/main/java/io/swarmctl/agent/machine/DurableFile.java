package io.swarmctl.agent.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Replaces small files so that after a power cut either the old or the new content is there, and never a torn one. */
public final class DurableFile {
    private static final Set<PosixFilePermission> FOR_ALL_TO_READ = PosixFilePermissions.fromString("rw-r--r--");

    private DurableFile() {}

    /** Keeps the mode of the file that is replaced; a new file is for all to read. */
    public static void write(Path file, String content) throws MachineException {
        replace(file, content, temporary -> {
            boolean known = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
            Files.setPosixFilePermissions(temporary, known ? Files.getPosixFilePermissions(file) : FOR_ALL_TO_READ);
        });
    }

    /** A file of that user's that nobody else reads. */
    static void writePrivate(Path file, String content, int uid, int gid) throws MachineException {
        replace(file, content, temporary -> own(temporary, "rw-------", uid, gid));
    }

    /** On the firmware's partition, whose file system knows neither modes nor owners. */
    static void writeOnFat(Path file, String content) throws MachineException {
        replace(file, content, temporary -> {});
    }

    static void own(Path file, String mode, int uid, int gid) throws IOException {
        Files.setAttribute(file, "unix:uid", uid);
        Files.setAttribute(file, "unix:gid", gid);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    static void delete(Path file) throws MachineException {
        try {
            if (Files.deleteIfExists(file)) {
                sync(parent(file));
            }
        } catch (IOException e) {
            throw failure("remove " + file, e);
        }
    }

    static MachineException failure(String doing, IOException cause) {
        String reason = String.valueOf(cause.getMessage());
        String remedy = reason.contains("No space left")
                ? "make room on the card, or use a larger one"
                : "if it happens again, the card may be failing: replace it";
        return new MachineException("cannot " + doing + ": " + reason, remedy, true, cause);
    }

    private static void replace(Path file, String content, Preparation preparation) throws MachineException {
        // A short name in the 8.3 form, so that the firmware's partition stays tidy.
        Path temporary = file.resolveSibling(baseName(file) + ".new");
        try {
            Files.createDirectories(parent(file));
            Files.deleteIfExists(temporary);
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                preparation.prepare(temporary);
                ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync(parent(file));
        } catch (IOException e) {
            throw failure("write " + file, e);
        }
    }

    private static String baseName(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.indexOf('.', 1);
        return dot < 0 ? name : name.substring(0, dot);
    }

    private static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.getFileSystem().getPath("/") : parent;
    }

    static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Gives a new file its owner and mode before it has any content. */
    private interface Preparation {
        void prepare(Path temporary) throws IOException;
    }
}
