package io.swarmctl.controller.deb;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** Writes an archive of ar's common form, as deb(5) uses it. */
final class ArWriter implements AutoCloseable {
    static final String MAGIC = "!<arch>\n";
    static final int HEADER = 60;

    /** From here on more effort gains little. */
    private static final int LEVEL = 9;

    private static final int BUFFER = 256 * 1024;

    private final RandomAccessFile file;

    private ArWriter(RandomAccessFile file) {
        this.file = file;
    }

    /** Replaces the file. */
    static ArWriter begin(Path path) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            file.setLength(0);
            file.write(ascii(MAGIC));
            return new ArWriter(file);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    @FunctionalInterface
    interface Content {
        void to(OutputStream out) throws IOException;
    }

    /**
     * Adds a file. Its header tells the size, which is known afterwards.
     *
     * @param seconds when it was changed last, since 1970
     */
    void add(String name, long seconds, Content content) throws IOException {
        long header = file.getFilePointer();
        file.write(header(name, seconds, 0));
        long start = file.getFilePointer();
        content.to(Channels.newOutputStream(file.getChannel()));
        long size = file.getFilePointer() - start;
        if (size % 2 == 1) {
            file.write('\n');
        }
        long end = file.getFilePointer();
        file.seek(header);
        file.write(header(name, seconds, size));
        file.seek(end);
    }

    /** Adds what is compressed by Zstandard on the way, with a checksum. */
    void addCompressed(String name, long seconds, Content content) throws IOException {
        add(name, seconds, out -> {
            try (ZstdOutputStream packed = new ZstdOutputStream(keptOpen(out), LEVEL)) {
                packed.setChecksum(true);
                OutputStream buffered = new BufferedOutputStream(packed, BUFFER);
                content.to(buffered);
                buffered.flush();
            }
        });
    }

    private static OutputStream keptOpen(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                out.write(bytes, from, count);
            }

            @Override
            public void close() throws IOException {
                flush();
            }
        };
    }

    private static byte[] header(String name, long seconds, long size) {
        return ascii(String.format(Locale.ROOT, "%-16s%-12d%-6d%-6d%-8s%-10d`\n", name, seconds, 0, 0, "100644", size));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
