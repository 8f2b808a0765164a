package io.swarmctl.controller.cache;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file on the disk that can be read, whole or while it comes. It may get its final name in between. */
final class Content {
    private final Entry head;
    private final Growth growth;

    /** Guarded by this, with whether there is such a file. */
    private Path file;

    Content(Entry head, Growth growth, Path file) {
        this.head = head;
        this.growth = growth;
        this.file = file;
    }

    static Content whole(Entry entry, Path file) {
        return new Content(entry, Growth.complete(entry.length()), file);
    }

    Growth growth() {
        return growth;
    }

    synchronized Reading open() throws IOException {
        return new Reading(head, growth, FileChannel.open(file, StandardOpenOption.READ));
    }

    /** Renames a file. */
    @FunctionalInterface
    interface Mover {
        Path move() throws IOException;
    }

    synchronized void rename(Mover mover) throws IOException {
        file = mover.move();
    }
}
