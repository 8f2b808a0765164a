package io.swarmctl.controller.cache;

import io.swarmctl.common.wire.WireJson;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A file on its way to the disk. What a power cut leaves of it is taken for what it is only as far as it was synced
 * before, and noted. Used by one thread.
 */
final class Part implements Closeable {
    /** Whoever has lost less than this begins again. */
    private static final long SYNC_EVERY = 4L << 20;

    private static final int BUFFER = 64 * 1024;

    private final Path file;
    private final Path noteFile;
    private final FileChannel channel;
    private final MessageDigest sum = Digests.sha256();
    private PartNote note;
    private long length;

    private Part(Path file, Path noteFile, PartNote note) throws IOException {
        this.file = file;
        this.noteFile = noteFile;
        this.note = note;
        this.channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Begins anew, whatever was there. */
    static Part begin(Path file, Path noteFile, PartNote note) throws IOException {
        Part part = new Part(file, noteFile, note.safe(0));
        try {
            part.channel.truncate(0);
            part.writeNote();
            return part;
        } catch (IOException e) {
            part.channel.close();
            throw e;
        }
    }

    /** Goes on with what was noted to be there; reads it once. */
    static Part resume(Path file, Path noteFile, PartNote note) throws IOException {
        Part part = new Part(file, noteFile, note);
        try {
            if (part.channel.size() < note.safe()) {
                throw new IOException("it is shorter than was noted");
            }
            part.channel.truncate(note.safe());
            part.readAgain();
            return part;
        } catch (IOException e) {
            part.channel.close();
            throw e;
        }
    }

    PartNote note() {
        return note;
    }

    Path file() {
        return file;
    }

    long length() {
        return length;
    }

    void append(byte[] bytes, int many) throws IOException {
        if (length + many > note.total()) {
            throw new IOException("more came than was announced");
        }
        ByteBuffer rest = ByteBuffer.wrap(bytes, 0, many);
        while (rest.hasRemaining()) {
            channel.write(rest, length + rest.position());
        }
        sum.update(bytes, 0, many);
        length += many;
        if (length - note.safe() >= SYNC_EVERY) {
            mark();
        }
    }

    /** Notes how far it has come, after that has reached the disk. */
    void mark() throws IOException {
        channel.force(false);
        note = note.safe(length);
        writeNote();
    }

    /** The checksum of all that is there; to be asked for once, at the end. */
    String sha256() {
        return HexFormat.of().formatHex(sum.digest());
    }

    void sync() throws IOException {
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void writeNote() throws IOException {
        byte[] text = WireJson.write(note, PartNote.class).getBytes(StandardCharsets.UTF_8);
        Files.write(noteFile, text);
    }

    private void readAgain() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        while (length < note.safe()) {
            int read = channel.read(buffer.clear(), length);
            if (read < 0) {
                throw new IOException("it is shorter than was noted");
            }
            sum.update(buffer.flip());
            length += read;
        }
    }
}
