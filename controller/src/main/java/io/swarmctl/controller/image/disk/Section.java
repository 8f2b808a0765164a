package io.swarmctl.controller.image.disk;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A part of a file that is read and written as if it were a disk of its own. Nothing outside of it can be touched.
 *
 * @param start in bytes from the file's beginning
 * @param length in bytes
 */
public record Section(FileChannel file, long start, long length) {

    /** All of a file, as long as it is now. */
    public static Section whole(FileChannel file) throws IOException {
        return new Section(file, 0, file.size());
    }

    /** @throws IOException when part of it would lie outside of this one */
    public Section part(long from, long size) throws IOException {
        requireInside(from, size);
        return new Section(file, start + from, size);
    }

    /** @throws EOFException when the file ends before that */
    public byte[] read(long position, int count) throws IOException {
        requireInside(position, count);
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, start + position + buffer.position()) < 0) {
                throw new EOFException("the file ends in the middle");
            }
        }
        return buffer.array();
    }

    public void write(long position, byte[] bytes, int offset, int count) throws IOException {
        requireInside(position, count);
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, count);
        long at = start + position;
        while (buffer.hasRemaining()) {
            at += file.write(buffer, at);
        }
    }

    private void requireInside(long position, long count) throws IOException {
        if (position < 0 || count < 0 || position > length - count) {
            throw new IOException("byte " + position + " lies outside of the " + length + " that there are");
        }
    }
}
