package io.swarmctl.controller.image;

import io.swarmctl.controller.image.base.BaseStream;
import io.swarmctl.controller.image.disk.ImageException;
import io.swarmctl.controller.image.disk.PartitionTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** Copies a base, part by part. What is all zeros stays a hole in the file. */
final class Unpacking {
    private static final int PIECE = 1 << 20;

    private final BaseStream base;
    private final FileChannel file;
    private final Progress progress;
    private final byte[] piece = new byte[PIECE];
    private byte[] beginning = new byte[0];
    private long position;

    Unpacking(BaseStream base, FileChannel file, Progress progress) {
        this.base = base;
        this.file = file;
        this.progress = progress;
    }

    /** @throws ImageException when the image is shorter than that */
    void until(long end) throws ImageException, IOException {
        while (position < end) {
            if (next((int) Math.min(PIECE, end - position)) == 0) {
                throw new ImageException(
                        "the image ends after " + position + " bytes, and should have " + end + " at least",
                        "it was cut off: get it again");
            }
        }
        setLength();
    }

    /** Copies what there still is, to the end of what is packed: only then its checksums have been compared. */
    void rest(long atLeast) throws ImageException, IOException {
        until(atLeast);
        boolean more = true;
        while (more) {
            more = next(PIECE) > 0;
        }
        setLength();
    }

    byte[] beginning() {
        return beginning.clone();
    }

    private int next(int most) throws ImageException, IOException {
        int count = base.read(piece, most);
        if (position == 0) {
            beginning = Arrays.copyOf(piece, Math.min(count, PartitionTable.SIZE));
        }
        if (!isZero(count)) {
            ByteBuffer bytes = ByteBuffer.wrap(piece, 0, count);
            while (bytes.hasRemaining()) {
                file.write(bytes, position + bytes.position());
            }
        }
        position += count;
        if (count > 0) {
            progress.at("unpacking", base.position(), base.size());
        }
        return count;
    }

    private boolean isZero(int count) {
        for (int i = 0; i < count; i++) {
            if (piece[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** A hole at the end has to be made. */
    private void setLength() throws IOException {
        if (position > 0 && file.size() < position) {
            file.write(ByteBuffer.wrap(new byte[1]), position - 1);
        }
    }
}
