package io.swarmctl.controller.image.flash;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A card that is being flashed. Past the page cache: what is written is on its way to the card, and what is read back
 * comes from there.
 *
 * <p>Its beginning, where the partition table is, is blank until all the rest is on the card: one that is half written
 * does not boot, and no desktop mounts it. It stays open until it is compared, since the kernel looks for partitions
 * when a disk that was written to is closed, and desktops mount what it finds.
 */
final class Card implements AutoCloseable {
    /** What direct transfers have to be multiples of. No card has larger sectors. */
    private static final int BLOCK = 4096;

    private final FileChannel direct;
    private final FileChannel cached;
    private final ByteBuffer piece;
    private final CardProgress progress;

    private Card(FileChannel direct, FileChannel cached, ByteBuffer piece, CardProgress progress) {
        this.direct = direct;
        this.cached = cached;
        this.piece = piece;
        this.progress = progress;
    }

    /**
     * What is transferred at a time.
     *
     * @param size in bytes; a multiple of 8 KiB
     */
    static ByteBuffer piece(int size) {
        return ByteBuffer.allocateDirect(size + BLOCK).alignedSlice(BLOCK).slice(0, size);
    }

    /** @throws IOException when it cannot be opened, or another swarmctl is flashing it */
    static Card open(Path device, ByteBuffer piece, CardProgress progress) throws IOException {
        FileChannel cached = FileChannel.open(device, StandardOpenOption.WRITE);
        try {
            if (cached.tryLock() == null) {
                throw new IOException("another swarmctl is flashing it");
            }
            FileChannel direct = FileChannel.open(
                    device, StandardOpenOption.READ, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT);
            return new Card(direct, cached, piece, progress);
        } catch (OverlappingFileLockException e) {
            cached.close();
            throw new IOException("it is being flashed already", e);
        } catch (IOException | RuntimeException e) {
            cached.close();
            throw e;
        }
    }

    /** @throws java.io.InterruptedIOException when it was stopped */
    void write(FileChannel image, long size) throws IOException {
        long whole = size - size % BLOCK;
        int first = (int) Math.min(piece.capacity(), whole);
        blank(first);
        for (long at = first; at < whole; ) {
            int count = (int) Math.min(piece.capacity(), whole - at);
            copy(image, direct, at, count);
            at += count;
        }
        if (whole < size) {
            copy(image, cached, whole, (int) (size - whole));
        }
        cached.force(true);
        if (first > 0) {
            copy(image, direct, 0, first);
            cached.force(true);
        }
    }

    private void blank(int count) throws IOException {
        piece.clear();
        byte[] zeros = new byte[BLOCK];
        while (piece.hasRemaining()) {
            piece.put(zeros);
        }
        piece.position(0).limit(count);
        progress.mayGoOn();
        writeAt(direct, 0);
    }

    private void copy(FileChannel image, FileChannel card, long at, int count) throws IOException {
        progress.mayGoOn();
        piece.position(0).limit(count);
        fill(image, piece, at);
        piece.flip();
        writeAt(card, at);
        progress.moved(count);
    }

    private void writeAt(FileChannel card, long start) throws IOException {
        long at = start;
        while (piece.hasRemaining()) {
            at += card.write(piece, at);
        }
    }

    /**
     * Reads the card back.
     *
     * @throws IOException when it holds anything else than the image
     * @throws java.io.InterruptedIOException when it was stopped
     */
    void compare(FileChannel image, long size) throws IOException {
        int half = piece.capacity() / 2;
        piece.clear();
        ByteBuffer found = piece.slice(0, half);
        ByteBuffer wanted = piece.slice(half, half);
        for (long at = 0; at < size; ) {
            progress.mayGoOn();
            int count = (int) Math.min(half, size - at);
            // The end may lie within a block, and at the end of the card there may be less than one.
            found.position(0).limit((count + BLOCK - 1) / BLOCK * BLOCK);
            fill(direct, found, at, count);
            wanted.position(0).limit(count);
            fill(image, wanted, at);
            int different = found.position(0).limit(count).mismatch(wanted.position(0));
            if (different >= 0) {
                throw new IOException("byte " + (at + different) + " on the card is not what was written");
            }
            at += count;
            progress.moved(count);
        }
    }

    private static void fill(FileChannel from, ByteBuffer buffer, long start) throws IOException {
        fill(from, buffer, start, buffer.limit());
    }

    private static void fill(FileChannel from, ByteBuffer buffer, long start, int atLeast) throws IOException {
        while (buffer.position() < atLeast) {
            if (from.read(buffer, start + buffer.position()) < 0) {
                throw new EOFException("nothing can be read after byte " + (start + buffer.position()));
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (cached) {
            direct.close();
        }
    }
}
