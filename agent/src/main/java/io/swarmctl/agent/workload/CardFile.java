package io.swarmctl.agent.workload;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Random;

/**
 * A file on the card that is written and read past the page cache. It has no name once it is open, so it goes with this
 * process, however that ends.
 */
final class CardFile implements Closeable {
    private static final String NAME = "benchmark.tmp";
    private static final int MIB = 1 << 20;

    /** What a card is left with: Docker and apt want some, too. */
    private static final long SPARE = 512L * MIB;

    private static final int BLOCK = 4 * 1024;
    private static final double NANOS = 1e9;
    private static final double BYTES_A_NANO_TO_MEGABYTES = 1e3;

    private final Random random = new Random(1);
    private final FileChannel channel;
    private final ByteBuffer large;
    private final ByteBuffer small;
    private final long size;
    private long written;

    /** @throws IOException when there is too little room, or no way past the page cache */
    CardFile(Path directory, long size) throws IOException {
        long free = Files.getFileStore(directory).getUsableSpace();
        if (free < size + SPARE) {
            throw new IOException("only " + free / MIB + " MB are free on the card");
        }
        int alignment = (int) Math.max(BLOCK, Files.getFileStore(directory).getBlockSize());
        this.size = size;
        this.large = buffer(MIB, alignment);
        this.small = buffer(BLOCK, alignment);
        this.channel = open(directory.resolve(NAME));
    }

    private static FileChannel open(Path file) throws IOException {
        Files.deleteIfExists(file);
        try {
            return FileChannel.open(
                    file,
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE,
                    ExtendedOpenOption.DIRECT);
        } catch (IOException | UnsupportedOperationException e) {
            Files.deleteIfExists(file);
            throw new IOException("there is no way past the page cache here (" + e.getMessage() + ")", e);
        }
    }

    /** Content that no card can make smaller. */
    private ByteBuffer buffer(int bytes, int alignment) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes + alignment).alignedSlice(alignment);
        buffer.limit(bytes);
        byte[] noise = new byte[bytes];
        random.nextBytes(noise);
        buffer.put(noise);
        return buffer;
    }

    /** Writes from the beginning on; in megabytes a second, until it is on the card. */
    double write(Duration time) throws IOException {
        long begun = System.nanoTime();
        long ends = begun + time.toNanos();
        while (written < size && System.nanoTime() < ends) {
            write(large, written);
            written += large.limit();
        }
        channel.force(false);
        return written / (double) (System.nanoTime() - begun) * BYTES_A_NANO_TO_MEGABYTES;
    }

    /** Reads from the beginning on what was written; in megabytes a second. */
    double read(Duration time) throws IOException {
        requireWritten();
        long begun = System.nanoTime();
        long ends = begun + time.toNanos();
        long read = 0;
        while (read < written && System.nanoTime() < ends) {
            read(large, read);
            read += large.limit();
        }
        return read / (double) (System.nanoTime() - begun) * BYTES_A_NANO_TO_MEGABYTES;
    }

    /** Writes small blocks here and there, one after the other; how many a second, until they are on the card. */
    double writeAnywhere(Duration time) throws IOException {
        return anywhere(time, this::write, true);
    }

    /** Reads small blocks here and there, one after the other; how many a second. */
    double readAnywhere(Duration time) throws IOException {
        return anywhere(time, this::read, false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Does something with a block at a place. */
    @FunctionalInterface
    private interface Operation {
        void at(ByteBuffer block, long position) throws IOException;
    }

    private double anywhere(Duration time, Operation operation, boolean force) throws IOException {
        requireWritten();
        long begun = System.nanoTime();
        long ends = begun + time.toNanos();
        long operations = 0;
        while (System.nanoTime() < ends) {
            operation.at(small, random.nextLong(written / BLOCK) * BLOCK);
            operations++;
        }
        if (force) {
            channel.force(false);
        }
        return operations / (double) (System.nanoTime() - begun) * NANOS;
    }

    private void requireWritten() throws IOException {
        if (written == 0) {
            throw new IOException("nothing could be written first");
        }
    }

    private void write(ByteBuffer block, long position) throws IOException {
        block.rewind();
        while (block.hasRemaining()) {
            channel.write(block, position + block.position());
        }
    }

    private void read(ByteBuffer block, long position) throws IOException {
        block.rewind();
        while (block.hasRemaining()) {
            if (channel.read(block, position + block.position()) < 0) {
                throw new IOException("what was written is not there");
            }
        }
    }
}
