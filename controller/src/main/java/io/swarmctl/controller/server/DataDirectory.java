package io.swarmctl.controller.server;

import io.swarmctl.controller.store.PrivateFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The directory with all that a controller keeps. As long as this is open, no other controller gets it. */
public final class DataDirectory implements AutoCloseable {
    private static final String LOCK_FILE = "controller.lock";

    private final Path path;
    private final FileChannel lockFile;

    private DataDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /** The one that systemd has made for the service, else the user's own. */
    public static Path byDefault(Map<String, String> environment, Path home) {
        String ofService = environment.getOrDefault("STATE_DIRECTORY", "");
        if (!ofService.isEmpty()) {
            return Path.of(ofService.split(":", 2)[0]);
        }
        String dataHome = environment.getOrDefault("XDG_DATA_HOME", "");
        Path base = dataHome.startsWith("/") ? Path.of(dataHome) : home.resolve(".local/share");
        return base.resolve("swarmctl");
    }

    /**
     * Makes the directory when there is none, and takes it.
     *
     * @throws IOException when that is not possible or another controller has it; the message says what to do
     */
    public static DataDirectory open(Path path) throws IOException {
        Path directory = path.toAbsolutePath().normalize();
        try {
            create(directory);
            refuseForeignHands(directory);
            return lock(directory);
        } catch (AccessDeniedException e) {
            throw new IOException(
                    "no access to " + e.getFile() + " for user " + System.getProperty("user.name")
                            + "; make it this user's (chown -R), or choose another with --data-directory",
                    e);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(e.getFile() + " is no directory; choose another with --data-directory", e);
        } catch (FileSystemException e) {
            throw new IOException(
                    "cannot use " + directory + ": " + reason(e)
                            + "; check the disk (df -h), or choose another directory with" + " --data-directory",
                    e);
        }
    }

    private static String reason(FileSystemException e) {
        return e.getReason() == null ? "there is no " + e.getFile() : e.getFile() + ": " + e.getReason();
    }

    private static void create(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Path parent = directory.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    private static void refuseForeignHands(Path directory) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
        if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException(directory + " may be written by other users; chmod 700 " + directory
                    + ", or choose another with --data-directory");
        }
    }

    private static DataDirectory lock(Path directory) throws IOException {
        Path file = directory.resolve(LOCK_FILE);
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            if (tryLock(channel) == null) {
                throw new IOException("another controller uses " + directory + holder(channel)
                        + "; end it first, or choose another directory with --data-directory");
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            return new DataDirectory(directory, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(20);
        channel.read(content, 0);
        String pid = new String(content.array(), 0, content.position(), StandardCharsets.US_ASCII).strip();
        return pid.matches("[0-9]+") ? " (process " + pid + ")" : "";
    }

    /** Where packages are kept: what systemd has made for what can be had again, so that no backup holds it; else in here. */
    public Path forPackages(Map<String, String> environment) {
        String ofService = environment.getOrDefault("CACHE_DIRECTORY", "");
        return (ofService.isEmpty() ? path : Path.of(ofService.split(":", 2)[0])).resolve("packages");
    }

    public Path path() {
        return path;
    }

    public Path file(String name) {
        return path.resolve(name);
    }

    /** Writes the whole file or leaves the old one; mode 0600. */
    public void write(String name, byte[] content) throws IOException {
        PrivateFile.write(file(name), content);
    }

    /** Lets go of the directory. */
    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
