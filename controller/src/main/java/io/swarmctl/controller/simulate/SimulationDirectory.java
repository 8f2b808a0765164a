package io.swarmctl.controller.simulate;

import io.swarmctl.common.wire.WireException;
import io.swarmctl.common.wire.WireJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the cards of simulated boards lie, and their swarms are written down. Used by one process at a time. */
final class SimulationDirectory implements AutoCloseable {
    private static final int NAME_LENGTH = 6;
    private static final int MOST_TRIES = 20;

    private final Path path;
    private final boolean temporary;
    private final FileChannel lock;

    private SimulationDirectory(Path path, boolean temporary, FileChannel lock) {
        this.path = path;
        this.temporary = temporary;
        this.lock = lock;
    }

    /**
     * Opens it.
     *
     * @param given null for one that is removed at the end
     * @throws IOException when it cannot be used; the message says why
     */
    static SimulationDirectory open(@Nullable Path given) throws IOException {
        Path path = given == null ? Files.createTempDirectory("swarmctl-simulate-") : Files.createDirectories(given);
        FileChannel lock = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(lock)) {
            lock.close();
            throw new IOException("another simulation uses " + path + "; end it, or give another --state");
        }
        return new SimulationDirectory(path, given == null, lock);
    }

    private static boolean isLocked(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /**
     * Says which rack it is, and whose.
     *
     * @throws IOException when the cards in it are another rack's, or another fleet's
     */
    void belongTo(long seed, List<Model> models, String ca) throws IOException {
        require("rack", "--seed " + seed + " --models " + String.join(",", Model.shortNames(models)));
        require("ca.crt", ca);
    }

    private void require(String name, String content) throws IOException {
        Path file = path.resolve(name);
        if (!Files.exists(file)) {
            Replacing.write(file, content);
            return;
        }
        String known = Files.readString(file);
        if (!known.equals(content)) {
            throw new IOException(
                    name.equals("rack")
                            ? "the nodes in " + path + " were made with " + known
                                    + "; give the same, or another --state"
                            : "the nodes in " + path + " belong to another fleet; give another --state");
        }
    }

    Path ca() {
        return path.resolve("ca.crt");
    }

    Card card(int number) {
        return new Card(path.resolve(String.format(Locale.ROOT, "node-%04d", number)));
    }

    SimulatedSwarm swarms() throws IOException {
        try {
            return new SimulatedSwarm(WireJson.read(Files.readString(kept()), KeptSwarms.class));
        } catch (NoSuchFileException e) {
            return new SimulatedSwarm("-" + UUID.randomUUID().toString().substring(0, NAME_LENGTH) + "-");
        } catch (WireException e) {
            throw new IOException(kept() + " is damaged; remove " + path + " and begin anew", e);
        }
    }

    void keep(SimulatedSwarm swarms) throws IOException {
        Replacing.write(kept(), WireJson.write(swarms.kept(), KeptSwarms.class));
    }

    boolean isTemporary() {
        return temporary;
    }

    @Override
    public void close() throws IOException {
        lock.close();
        if (!temporary) {
            return;
        }
        for (int tries = 1; ; tries++) {
            try {
                remove();
                return;
            } catch (IOException | UncheckedIOException e) {
                // An agent that is in the middle of something writes once more.
                if (tries == MOST_TRIES) {
                    throw new IOException("cannot remove " + path + ": " + e.getMessage(), e);
                }
            }
        }
    }

    private void remove() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private Path kept() {
        return path.resolve("swarms.json");
    }
}
