package io.swarmctl.controller.image.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Files that are of no use until they are finished, and go when the program is ended before that. Methods are
 * synchronized, for the end comes on a thread of its own.
 */
public final class Unfinished implements AutoCloseable {
    private final Set<Path> files = new LinkedHashSet<>();
    private final Thread atEnd = new Thread(this::end, "unfinished-files");
    private boolean ended;

    public Unfinished() {
        Runtime.getRuntime().addShutdownHook(atEnd);
    }

    /** To be called before the file is made. */
    public synchronized Path begin(Path file) throws IOException {
        if (ended) {
            throw new IOException("interrupted");
        }
        files.add(file);
        return file;
    }

    /** It has another name now, or is gone. */
    public synchronized void done(Path file) {
        files.remove(file);
    }

    private synchronized void end() {
        ended = true;
        remove();
    }

    private void remove() {
        files.forEach(Unfinished::delete);
        files.clear();
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // Windows keeps open files; the next run replaces it.
            return;
        }
    }

    /** Removes what is not finished. */
    @Override
    public void close() {
        synchronized (this) {
            remove();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(atEnd);
        } catch (IllegalStateException e) {
            // The program is ending already, and has removed them.
            return;
        }
    }
}
