package io.swarmctl.controller.deb;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Writes a package file as deb(5) has it. What it holds is compressed by Zstandard; the dpkg-deb of Debian 12 and newer
 * unpacks that.
 */
public final class DebFile {
    private static final int PLAIN = 0644;

    private DebFile() {}

    /**
     * What dpkg-deb tells of a package.
     *
     * @param architecture as Debian names it
     */
    public record Control(String name, String version, String architecture, String description) {
        private byte[] text() {
            String fields = "Package: " + name + "\nVersion: " + version + "\nArchitecture: " + architecture
                    + "\nMaintainer: swarmctl\nDescription: " + description + "\n";
            return fields.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Adds all files that the package holds. */
    @FunctionalInterface
    public interface Content {
        void addTo(TarWriter tar) throws IOException;
    }

    /**
     * Replaces the file.
     *
     * @param seconds when all in it was changed last, since 1970
     */
    public static void write(Path path, Control control, long seconds, Content content) throws IOException {
        byte[] text = control.text();
        try (ArWriter ar = ArWriter.begin(path)) {
            ar.add("debian-binary", seconds, out -> out.write("2.0\n".getBytes(StandardCharsets.US_ASCII)));
            ar.add(
                    "control.tar",
                    seconds,
                    out -> tar(
                            out,
                            seconds,
                            tar -> tar.add("./control", PLAIN, new ByteArrayInputStream(text), text.length)));
            ar.addCompressed("data.tar.zst", seconds, out -> tar(out, seconds, content));
        }
    }

    private static void tar(OutputStream out, long seconds, Content content) throws IOException {
        try (TarWriter tar = new TarWriter(out, seconds)) {
            content.addTo(tar);
        }
    }
}
