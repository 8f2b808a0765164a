package io.swarmctl.controller.image.flash;

import io.swarmctl.controller.image.Progress;
import io.swarmctl.controller.image.Unpacking;
import io.swarmctl.controller.image.base.BaseStream;
import io.swarmctl.controller.image.base.Packing;
import io.swarmctl.controller.image.disk.ImageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The image that is flashed, unpacked, open for all cards at once.
 *
 * <p>A packed one is unpacked to a file first, whole: only then it is known that it is not damaged and how large it is,
 * and each card reads it at its own pace, twice. That file has no name, so nothing is left of it whatever happens.
 */
public final class FlashImage implements AutoCloseable {
    private final FileChannel content;
    private final long size;

    private FlashImage(FileChannel content) throws IOException {
        this.content = content;
        this.size = content.size();
    }

    /** @param temporary the directory for the unpacked one */
    public static FlashImage open(Path image, Path temporary, Progress progress) throws ImageException {
        Packing packing = Packing.of(image);
        FlashImage open = packing == Packing.NONE ? plain(image) : unpack(image, packing, temporary, progress);
        if (open.size == 0) {
            open.close();
            throw new ImageException(image + " is empty", "give an image file");
        }
        return open;
    }

    private static FlashImage plain(Path image) throws ImageException {
        try {
            return of(FileChannel.open(image, StandardOpenOption.READ));
        } catch (IOException e) {
            throw new ImageException("cannot read " + image, "is it readable for you?", e);
        }
    }

    private static FlashImage unpack(Path image, Packing packing, Path temporary, Progress progress)
            throws ImageException {
        try {
            FileChannel file = nameless(temporary);
            try (BaseStream stream = BaseStream.open(image, packing)) {
                new Unpacking(stream, file, progress).rest(0);
                return of(file);
            } catch (ImageException | IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        } catch (IOException e) {
            throw new ImageException(
                    "cannot unpack " + image + " into " + temporary + ": " + e.getMessage(),
                    "make room there, name another directory in TMPDIR, or unpack the image yourself",
                    e);
        }
    }

    private static FileChannel nameless(Path directory) throws IOException {
        Path file = Files.createTempFile(directory, "swarmctl-flash-", ".img");
        try {
            return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } finally {
            Files.delete(file);
        }
    }

    private static FlashImage of(FileChannel file) throws IOException {
        try {
            return new FlashImage(file);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Read by position only: all cards share it. */
    public FileChannel content() {
        return content;
    }

    /** In bytes. */
    public long size() {
        return size;
    }

    @Override
    public void close() throws ImageException {
        try {
            content.close();
        } catch (IOException e) {
            throw new ImageException("cannot close the image", "try again", e);
        }
    }
}
