package io.swarmctl.controller.deb;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes a tar archive (POSIX ustar) of regular files that belong to root. Nothing in it depends on when and where it is
 * written.
 */
public final class TarWriter implements AutoCloseable {
    private static final int BLOCK = 512;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_PREFIX = 155;
    private static final long LARGEST = 0_77777777777L;

    private final OutputStream out;
    private final long seconds;

    /** @param seconds when all files were changed last, since 1970 */
    public TarWriter(OutputStream out, long seconds) {
        this.out = out;
        this.seconds = seconds;
    }

    /**
     * Adds a file, with all directories that lead to it being left to who unpacks.
     *
     * @param path relative, with slashes
     */
    public void add(String path, int mode, InputStream content, long size) throws IOException {
        out.write(header(path, mode, size));
        long copied = content.transferTo(out);
        if (copied != size) {
            throw new IOException(path + " changed while it was read");
        }
        out.write(new byte[padding(size)]);
    }

    private byte[] header(String path, int mode, long size) throws IOException {
        if (size > LARGEST) {
            throw new IOException(path + " is too large for a tar archive");
        }
        byte[] header = new byte[BLOCK];
        int split = split(path);
        text(header, 0, path.substring(split == 0 ? 0 : split + 1));
        text(header, 345, path.substring(0, split));
        octal(header, 100, 7, mode);
        octal(header, 108, 7, 0);
        octal(header, 116, 7, 0);
        octal(header, 124, 11, size);
        octal(header, 136, 11, seconds);
        header[156] = '0';
        text(header, 257, "ustar");
        text(header, 263, "00");
        text(header, 265, "root");
        text(header, 297, "root");
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte one : header) {
            sum += one & 0xff;
        }
        octal(header, 148, 6, sum);
        header[154] = 0;
        return header;
    }

    /** Where a long path is cut into prefix and name; 0 when it needs no cut. */
    private static int split(String path) throws IOException {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        if (bytes.length != path.length()) {
            throw new IOException("cannot pack " + path + ": only plain letters can stand in its name");
        }
        if (path.length() <= LONGEST_NAME) {
            return 0;
        }
        int slash = path.lastIndexOf('/', LONGEST_PREFIX);
        if (slash <= 0 || path.length() - slash - 1 > LONGEST_NAME) {
            throw new IOException("cannot pack " + path + ": its name is too long");
        }
        return slash;
    }

    private static void text(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private static void octal(byte[] header, int at, int digits, long value) {
        String octal = Long.toOctalString(value);
        text(header, at, "0".repeat(digits - octal.length()) + octal);
    }

    private static int padding(long size) {
        return (int) ((BLOCK - size % BLOCK) % BLOCK);
    }

    /** Ends the archive; what it was written to stays open. */
    @Override
    public void close() throws IOException {
        out.write(new byte[2 * BLOCK]);
        out.flush();
    }
}
