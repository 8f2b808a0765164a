package io.swarmctl.controller.image.base;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The one image in a zip archive; its checksum is compared at its end. */
final class ZippedImage extends FilterInputStream {
    private final ZipFile zip;
    private final ZipEntry entry;
    private final CRC32 sum;

    private ZippedImage(ZipFile zip, ZipEntry entry, InputStream content, CRC32 sum) {
        super(new CheckedInputStream(content, sum));
        this.zip = zip;
        this.entry = entry;
        this.sum = sum;
    }

    static ZippedImage open(Path file) throws IOException {
        ZipFile zip = new ZipFile(file.toFile());
        try {
            List<? extends ZipEntry> images = zip.stream()
                    .filter(entry -> entry.getName().toLowerCase(Locale.ROOT).endsWith(".img"))
                    .toList();
            if (images.size() != 1) {
                throw new IOException("it holds " + images.size() + " files that end in .img, not one");
            }
            return new ZippedImage(zip, images.get(0), zip.getInputStream(images.get(0)), new CRC32());
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    /** In bytes, unpacked. */
    long size() {
        return entry.getSize();
    }

    @Override
    public int read() throws IOException {
        throw new IOException("one byte at a time is too slow for images");
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read < 0 && sum.getValue() != entry.getCrc()) {
            throw new IOException("its checksum is wrong");
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } finally {
            zip.close();
        }
    }
}
