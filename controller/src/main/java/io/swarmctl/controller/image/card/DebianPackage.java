package io.swarmctl.controller.image.card;

import io.airlift.compress.zstd.ZstdOutputStream;
import io.swarmctl.controller.image.base.Architecture;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Writes a Debian package as deb(5) has it, an ar archive of three members. What it holds is compressed by Zstandard, with
 * a checksum; the dpkg-deb of Debian 12 and newer unpacks that.
 */
final class DebianPackage {
    private static final int PLAIN = 0644;
    private static final int BUFFER = 256 * 1024;

    private final RandomAccessFile file;
    private final long seconds;

    private DebianPackage(RandomAccessFile file, long seconds) {
        this.file = file;
        this.seconds = seconds;
    }

    /** What dpkg-deb tells of a package. */
    record Control(String name, String version, Architecture architecture, String description) {
        private String text() {
            return "Package: " + name + "\nVersion: " + version + "\nArchitecture: " + architecture.debian()
                    + "\nMaintainer: swarmctl\nDescription: " + description + "\n";
        }
    }

    /** Adds all files that the package holds. */
    @FunctionalInterface
    interface Content {
        void addTo(TarWriter tar) throws IOException;
    }

    /**
     * Replaces the file.
     *
     * @param seconds when all in it was changed last, since 1970
     */
    static void write(Path path, Control control, long seconds, Content content) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(0);
            DebianPackage written = new DebianPackage(file, seconds);
            file.write(ascii("!<arch>\n"));
            written.member("debian-binary", out -> out.write(ascii("2.0\n")));
            written.member("control.tar", out -> out.write(written.control(control)));
            written.member("data.tar.zst", out -> written.compressed(content, out));
        }
    }

    private byte[] control(Control control) throws IOException {
        byte[] text = control.text().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarWriter tar = new TarWriter(out, seconds)) {
            tar.add("./control", PLAIN, new ByteArrayInputStream(text), text.length);
        }
        return out.toByteArray();
    }

    private void compressed(Content content, OutputStream out) throws IOException {
        try (OutputStream packed = new BufferedOutputStream(new ZstdOutputStream(keptOpen(out)), BUFFER);
                TarWriter tar = new TarWriter(packed, seconds)) {
            content.addTo(tar);
        }
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

    @FunctionalInterface
    private interface Bytes {
        void to(OutputStream out) throws IOException;
    }

    /** Its header tells the size, which is known afterwards. */
    private void member(String name, Bytes bytes) throws IOException {
        long header = file.getFilePointer();
        file.write(header(name, 0));
        long start = file.getFilePointer();
        bytes.to(Channels.newOutputStream(file.getChannel()));
        long size = file.getFilePointer() - start;
        if (size % 2 == 1) {
            file.write('\n');
        }
        long end = file.getFilePointer();
        file.seek(header);
        file.write(header(name, size));
        file.seek(end);
    }

    private byte[] header(String name, long size) {
        return ascii(String.format(
                "%-16s%-12d%-6d%-6d%-8s%-10d`\n", name, seconds, 0, 0, "100" + Integer.toOctalString(PLAIN), size));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
