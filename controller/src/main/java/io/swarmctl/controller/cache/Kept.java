package io.swarmctl.controller.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;

/** A file that the cache has, and when it was last asked for. Used by many threads, so the methods exclude each other. */
final class Kept {
    /** Often enough for choosing what goes, and seldom enough for an SD card. */
    private static final Duration NOTED_EVERY = Duration.ofHours(1);

    private final Path file;
    private final Path note;
    private final Entry entry;
    private long usedAt;
    private long notedAt;

    /** The state of the file in which its checksum was right; empty as long as nobody has looked. */
    private String wholeAs = "";

    Kept(Path file, Path note, Entry entry, long usedAt) {
        this.file = file;
        this.note = note;
        this.entry = entry;
        this.usedAt = usedAt;
        this.notedAt = usedAt;
    }

    Entry entry() {
        return entry;
    }

    String key() {
        return String.valueOf(file.getFileName());
    }

    Content content() {
        return Content.whole(entry, file);
    }

    synchronized Eviction.Candidate candidate() {
        return new Eviction.Candidate(key(), entry.length(), usedAt);
    }

    synchronized void use(long now) throws IOException {
        usedAt = now;
        if (now - notedAt >= NOTED_EVERY.toMillis()) {
            notedAt = now;
            Files.setLastModifiedTime(note, FileTime.fromMillis(now));
        }
    }

    /** The same, but the archive was asked at that time. */
    synchronized Kept confirmed(long now) {
        Kept other = new Kept(file, note, entry.checked(now), now);
        other.wholeAs = wholeAs;
        return other;
    }

    /** It has just been written. */
    synchronized void noteWhole() throws IOException {
        wholeAs = state();
    }

    /** Whether it has the length and the checksum that it came with; reads it when it has changed since the last time. */
    synchronized boolean isWhole() throws IOException {
        try {
            String state = state();
            if (state.equals(wholeAs)) {
                return true;
            }
            if (Files.size(file) != entry.length() || !Digests.sha256(file).equals(entry.sha256())) {
                return false;
            }
            wholeAs = state;
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private String state() throws IOException {
        return Files.size(file) + " " + Files.getLastModifiedTime(file);
    }
}
