package io.swarmctl.controller.image.base;

import com.github.luben.zstd.ZstdInputStream;
import io.swarmctl.controller.image.disk.ImageException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * A base image as a stream, unpacked as it is read. Whatever the unpackers throw is an {@link ImageException} here; to
 * have a packed image checked it has to be read to its end.
 */
public final class BaseStream implements AutoCloseable {
    private static final int BUFFER = 256 * 1024;

    /** For xz: {@code xz -9} needs 65 MiB, more than that nobody packs images with. */
    private static final int MOST_KIBIBYTES = 72 * 1024;

    private static final String GET_AGAIN = "download it again, and compare its checksum with the published one";

    private final Path file;
    private final Counter packed;
    private final InputStream unpacked;
    private final long size;

    private BaseStream(Path file, Counter packed, InputStream unpacked, long size) {
        this.file = file;
        this.packed = packed;
        this.unpacked = unpacked;
        this.size = size;
    }

    public static BaseStream open(Path file, Packing packing) throws ImageException {
        try {
            if (packing == Packing.ZIP) {
                ZippedImage image = ZippedImage.open(file);
                Counter counter = new Counter(image);
                return new BaseStream(file, counter, counter, image.size());
            }
            Counter counter = new Counter(new BufferedInputStream(Files.newInputStream(file), BUFFER));
            try {
                return new BaseStream(file, counter, unpack(counter, packing), Files.size(file));
            } catch (IOException | RuntimeException e) {
                counter.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            throw damaged(file, e);
        }
    }

    private static InputStream unpack(InputStream in, Packing packing) throws IOException {
        return switch (packing) {
            case XZ -> new XZInputStream(in, MOST_KIBIBYTES);
            case ZSTD -> new ZstdInputStream(in);
            case GZIP -> new GZIPInputStream(in, BUFFER);
            case NONE, ZIP -> in;
        };
    }

    private static ImageException damaged(Path file, Exception cause) {
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new ImageException(file + " is damaged or incomplete (" + why + ")", GET_AGAIN, cause);
    }

    /** Fills the buffer as far as the image goes; how many bytes it was. */
    public int read(byte[] buffer, int count) throws ImageException {
        try {
            return unpacked.readNBytes(buffer, 0, count);
        } catch (IOException | RuntimeException e) {
            throw damaged(file, e);
        }
    }

    /** How many bytes of {@link #size()} are behind. */
    public long position() {
        return packed.count;
    }

    /** In bytes; of the packed file where that is what is counted. */
    public long size() {
        return size;
    }

    @Override
    public void close() throws ImageException {
        try {
            unpacked.close();
        } catch (IOException e) {
            throw damaged(file, e);
        }
    }

    /** Counts what is read. */
    private static final class Counter extends FilterInputStream {
        private long count;

        Counter(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
