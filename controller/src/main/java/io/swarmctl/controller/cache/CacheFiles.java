package io.swarmctl.controller.cache;

import io.swarmctl.common.wire.WireException;
import io.swarmctl.common.wire.WireJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cache's directory. Of each file there are {@code KEY}, its content, and {@code KEY.json}, what it has to be; of one
 * that is coming, {@code KEY.part} and {@code KEY.part.json}. What does not fit together is removed. Blocks for the disk;
 * any thread may call it, one at a time for each download.
 */
final class CacheFiles {
    private static final Logger LOG = LoggerFactory.getLogger(CacheFiles.class);
    private static final String NOTE = ".json";
    private static final String PART = ".part";
    private static final String KEY = "[0-9a-f]{40}";

    private final Path directory;
    private final Tally tally;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    CacheFiles(Path directory, Tally tally) {
        this.directory = directory;
        this.tally = tally;
    }

    /** Looks at what is there from before. */
    void load() throws IOException {
        Files.createDirectories(directory);
        for (Path file : list()) {
            String name = String.valueOf(file.getFileName());
            if (name.matches(KEY + "\\.json")) {
                load(name.substring(0, name.length() - NOTE.length()));
            }
        }
        for (Path file : list()) {
            String name = String.valueOf(file.getFileName());
            boolean ofKept = kept.containsKey(name.replaceFirst("\\..*", ""));
            boolean part = name.matches(KEY + "\\.part(\\.json)?") && Files.exists(part(name.substring(0, 40), NOTE));
            if (!part && !(ofKept && name.matches(KEY + "(\\.json)?"))) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void load(String key) throws IOException {
        try {
            Entry entry = WireJson.read(Files.readString(at(key, NOTE)), Entry.class);
            boolean fits = PackageUrl.parse(entry.url())
                            .filter(url -> url.key().equals(key))
                            .isPresent()
                    && Files.size(at(key)) == entry.length();
            if (fits) {
                long usedAt = Files.getLastModifiedTime(at(key, NOTE)).toMillis();
                kept.put(key, new Kept(at(key), at(key, NOTE), entry, usedAt));
                return;
            }
        } catch (WireException | NoSuchFileException e) {
            LOG.debug("{}: {}", key, e.getMessage());
        }
        tally.discarded.increment();
        discard(key);
    }

    /** A file that is there and whole; one that is not is removed. The first time it is read, which takes a while. */
    Optional<Kept> find(PackageUrl url, long now) throws IOException {
        Kept found = kept.get(url.key());
        if (found == null) {
            return Optional.empty();
        }
        if (!found.isWhole()) {
            LOG.warn("the cache's copy of {} is damaged; it is fetched anew", url);
            tally.discarded.increment();
            discard(url.key());
            return Optional.empty();
        }
        found.use(now);
        return Optional.of(found);
    }

    /** What is there by the notes alone. */
    Optional<Kept> peek(PackageUrl url) {
        return Optional.ofNullable(kept.get(url.key()));
    }

    /** What has come of a file before. */
    Optional<Part> resume(PackageUrl url) throws IOException {
        String key = url.key();
        try {
            PartNote note = WireJson.read(Files.readString(part(key, NOTE)), PartNote.class);
            if (note.url().equals(url.toString()) && note.safe() > 0) {
                return Optional.of(Part.resume(part(key, ""), part(key, NOTE), note));
            }
        } catch (WireException | IOException e) {
            LOG.debug("{} cannot be resumed: {}", url, e.getMessage());
        }
        drop(key);
        return Optional.empty();
    }

    Part begin(PackageUrl url, PartNote note) throws IOException {
        return Part.begin(part(url.key(), ""), part(url.key(), NOTE), note);
    }

    /** Takes a part that is whole into the cache, and closes it. It is there after a power cut too. */
    Path keep(PackageUrl url, Part part, Entry entry, long now) throws IOException {
        String key = url.key();
        part.sync();
        part.close();
        Path draft = directory.resolve(key + NOTE + ".new");
        write(draft, entry);
        Files.move(part.file(), at(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.move(draft, at(key, NOTE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.deleteIfExists(part(key, NOTE));
        sync();
        Kept whole = new Kept(at(key), at(key, NOTE), entry, now);
        whole.noteWhole();
        kept.put(key, whole);
        return at(key);
    }

    /** The archive has said that it is still so. Not synced: at worst it is asked once more. */
    Kept confirm(Kept one, long now) throws IOException {
        Kept confirmed = one.confirmed(now);
        Files.writeString(at(one.key(), NOTE), WireJson.write(confirmed.entry(), Entry.class));
        kept.put(one.key(), confirmed);
        return confirmed;
    }

    /** Nothing of this download is of any use. */
    void drop(String key) throws IOException {
        Files.deleteIfExists(part(key, NOTE));
        Files.deleteIfExists(part(key, ""));
    }

    void discard(String key) throws IOException {
        kept.remove(key);
        Files.deleteIfExists(at(key, NOTE));
        Files.deleteIfExists(at(key));
    }

    /** @param busy which are coming just now, and stay */
    void makeRoom(long limit, Set<String> busy) throws IOException {
        List<Eviction.Candidate> all = kept.values().stream()
                .filter(one -> !busy.contains(one.key()))
                .map(Kept::candidate)
                .toList();
        for (String key : Eviction.choose(all, limit)) {
            tally.evicted.increment();
            discard(key);
        }
        dropUnwanted(limit - bytes(), busy);
    }

    /** Downloads that nobody goes on with, when even without whole files there is no room. */
    private void dropUnwanted(long room, Set<String> busy) throws IOException {
        if (room >= 0) {
            return;
        }
        for (Path file : list()) {
            String name = String.valueOf(file.getFileName());
            if (name.matches(KEY + "\\.part") && !busy.contains(name.substring(0, 40))) {
                drop(name.substring(0, 40));
            }
        }
    }

    void clear(Set<String> busy) throws IOException {
        for (String key : kept.keySet()) {
            discard(key);
        }
        dropUnwanted(-1, busy);
    }

    long count() {
        return kept.size();
    }

    long bytes() {
        return kept.values().stream().mapToLong(one -> one.entry().length()).sum();
    }

    long free() throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }

    private List<Path> list() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static void write(Path file, Entry entry) throws IOException {
        byte[] text = WireJson.write(entry, Entry.class).getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(text);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    private void sync() throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private Path at(String key) {
        return directory.resolve(key);
    }

    private Path at(String key, String ending) {
        return directory.resolve(key + ending);
    }

    private Path part(String key, String ending) {
        return directory.resolve(key + PART + ending);
    }
}
