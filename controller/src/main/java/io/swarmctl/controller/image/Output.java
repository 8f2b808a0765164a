package io.swarmctl.controller.image;

import io.swarmctl.controller.image.disk.ImageException;
import io.swarmctl.controller.image.disk.Section;
import io.swarmctl.controller.image.disk.Unfinished;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** An image that is being made, beside its place: it gets there when it is complete, or never. For its owner alone. */
final class Output implements AutoCloseable {
    /** What is written besides the image: the payload, before it goes into it. */
    private static final long ROOM_FOR_PAYLOAD = 250L << 20;

    private final Path place;
    private final Path temporary;
    private final FileChannel file;
    private final Unfinished unfinished;

    private Output(Path place, Path temporary, FileChannel file, Unfinished unfinished) {
        this.place = place;
        this.temporary = temporary;
        this.file = file;
        this.unfinished = unfinished;
    }

    static Output open(Path place, Path base, boolean replace) throws ImageException, IOException {
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            refuse(place, base, replace);
        }
        Path temporary = place.resolveSibling(place.getFileName() + ".part");
        FileChannel file = create(temporary);
        try {
            if (file.tryLock() == null) {
                throw new OverlappingFileLockException();
            }
            file.truncate(0);
            Unfinished unfinished = new Unfinished();
            unfinished.begin(temporary);
            return new Output(place, temporary, file, unfinished);
        } catch (OverlappingFileLockException e) {
            file.close();
            throw new ImageException("another swarmctl is making " + place, "wait for it, or use another name", e);
        }
    }

    private static void refuse(Path place, Path base, boolean replace) throws ImageException, IOException {
        if (!Files.isRegularFile(place)) {
            throw new ImageException(place + " is no file", "make a file, and write it to cards afterwards");
        }
        if (Files.isSameFile(place, base)) {
            throw new ImageException("the image would replace its own base", "give it another name");
        }
        if (!replace) {
            throw new ImageException("there is " + place + " already", "give another name, or --force to replace it");
        }
    }

    private static FileChannel create(Path temporary) throws ImageException {
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            return FileChannel.open(temporary, options, privateFile(temporary));
        } catch (IOException e) {
            String why = e instanceof FileSystemException file && file.getReason() != null ? file.getReason() : "";
            throw new ImageException(
                    "cannot make " + temporary + (why.isEmpty() ? "" : ": " + why),
                    "is its directory there, and writable for you?",
                    e);
        }
    }

    private static FileAttribute<?>[] privateFile(Path temporary) {
        return temporary.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    FileChannel file() {
        return file;
    }

    /** What is there by now. */
    Section disk() throws IOException {
        return Section.whole(file);
    }

    /** A file beside it, not made yet, for as long as it is needed. */
    Path beside(String ending) throws IOException {
        return unfinished.begin(place.resolveSibling(place.getFileName() + ending));
    }

    /** @throws ImageException when an image of that many bytes does not fit here */
    void requireRoom(long size) throws ImageException, IOException {
        long needed = size + ROOM_FOR_PAYLOAD;
        long usable = Files.getFileStore(temporary).getUsableSpace();
        if (usable < needed) {
            throw new ImageException(
                    "there is too little room: " + megabytes(usable) + " MB of " + megabytes(needed),
                    "make room, or put --out on another disk");
        }
    }

    private static long megabytes(long bytes) {
        return bytes / 1_000_000;
    }

    /** Everything is written: gives it its name. */
    void complete() throws IOException {
        file.force(true);
        // Before it is closed: on Windows an open file keeps its name.
        file.close();
        Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        unfinished.done(temporary);
        forceDirectory();
    }

    private void forceDirectory() {
        Path directory = place.toAbsolutePath().getParent();
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Not every system opens directories; the image is there, if not for sure after a power cut.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
        unfinished.close();
    }
}
