package io.swarmctl.controller.image.flash;

import static io.swarmctl.controller.image.TestTools.need;
import static io.swarmctl.controller.image.TestTools.run;
import static io.swarmctl.controller.image.TestTools.tryToRun;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.swarmctl.controller.image.TestTools.Result;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Cards made of files: real block devices of this machine, for as long as a test runs. */
public final class LoopDevices implements AutoCloseable {
    private static final int TRIES = 10;

    private final Deque<String[]> undo = new ArrayDeque<>();

    /** Skips the test, with the reason, where there can be none. */
    public LoopDevices() {
        need("losetup", "mknod", "mount", "umount");
        assumeTrue(Files.isWritable(Path.of("/dev/loop-control")), "loop devices need root and /dev/loop-control");
    }

    /** A card over a file, which is made. */
    public Path card(Path file, long size) throws IOException {
        try (RandomAccessFile backing = new RandomAccessFile(file.toFile(), "rw")) {
            backing.setLength(size);
        }
        return attach(file);
    }

    /** Somebody else may take the free one that was found: then the next is tried. */
    private Path attach(Path file) {
        for (int i = 0; i < TRIES; i++) {
            Path free = Path.of(run("losetup", "-f").strip());
            if (!Files.exists(free)) {
                String number = free.getFileName().toString().substring("loop".length());
                tryToRun("mknod", "-m", "600", free.toString(), "b", "7", number);
            }
            Result attached = tryToRun("losetup", free.toString(), file.toString());
            if (attached.exitCode() == 0) {
                undo.push(new String[] {"losetup", "-d", free.toString()});
                return free;
            }
        }
        throw new IllegalStateException("no loop device for " + file);
    }

    /** A card that fails in the middle: the file system behind it has room for less. */
    public Path breakingCard(Path directory, long size, int roomInMegabytes) throws IOException {
        Files.createDirectories(directory);
        run("mount", "-t", "tmpfs", "-o", "size=" + roomInMegabytes + "m", "tmpfs", directory.toString());
        undo.push(new String[] {"umount", directory.toString()});
        return card(directory.resolve("card.img"), size);
    }

    @Override
    public void close() {
        while (!undo.isEmpty()) {
            tryToRun(undo.pop());
        }
    }
}
