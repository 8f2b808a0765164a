package io.swarmctl.controller.simulate;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what happens to simulated nodes, and when, for whoever compares rehearsals: a line of comma-separated values
 * for each event. Many nodes' threads use it, so its methods exclude each other. A disk that is full ends the recording,
 * not the simulation.
 */
final class Recording implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Recording.class);
    private static final String HEADER = "at_ms,node,event,detail";

    private final InstantSource clock;
    private @Nullable BufferedWriter file;

    private Recording(@Nullable BufferedWriter file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    /**
     * Begins a new one.
     *
     * @param path null for none
     * @throws IOException when there cannot be such a file
     */
    static Recording begin(@Nullable Path path, InstantSource clock) throws IOException {
        if (path == null) {
            return new Recording(null, clock);
        }
        Recording recording = new Recording(Files.newBufferedWriter(path), clock);
        recording.write(HEADER);
        return recording;
    }

    /**
     * Something has happened.
     *
     * @param node its id
     * @param detail without commas
     */
    void note(String node, String event, String detail) {
        write(clock.millis() + "," + node + "," + event + "," + detail);
    }

    private synchronized void write(String line) {
        BufferedWriter open = file;
        if (open == null) {
            return;
        }
        try {
            open.write(line);
            open.newLine();
            open.flush();
        } catch (IOException e) {
            LOG.warn("the recording ends here: {}", e.getMessage());
            file = null;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (file != null) {
            file.close();
            file = null;
        }
    }
}
