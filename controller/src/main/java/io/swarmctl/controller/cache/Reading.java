package io.swarmctl.controller.cache;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** One reader's view of a file, which may still be coming. To be closed. */
public final class Reading implements Closeable {
    private final Entry head;
    private final Growth growth;
    private final FileChannel channel;

    Reading(Entry head, Growth growth, FileChannel channel) {
        this.head = head;
        this.growth = growth;
        this.channel = channel;
    }

    /** Of a file that is there, and belongs to somebody else than the cache. */
    public static Reading of(Entry head, Path file) throws IOException {
        return Content.whole(head, file).open();
    }

    /** What is known of it; of one that is still coming without its checksum. */
    public Entry head() {
        return head;
    }

    /**
     * Reads what is there of it from a place on; 0 when that has not come yet. Blocks for the disk only.
     *
     * @throws IOException when it will not come
     */
    public int read(ByteBuffer into, long at) throws IOException {
        long there = growth.available(at) - at;
        if (there <= 0) {
            return 0;
        }
        if (there < into.remaining()) {
            into.limit(into.position() + (int) there);
        }
        int read = channel.read(into, at);
        if (read < 0) {
            throw new IOException("the file has become shorter on the disk");
        }
        return read;
    }

    /** Calls it once, when something beyond is there or nothing more will come; perhaps at once, on this thread. */
    public void whenMore(long at, Runnable then) {
        growth.whenBeyond(at, then);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
