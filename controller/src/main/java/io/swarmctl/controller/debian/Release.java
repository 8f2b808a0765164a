package io.swarmctl.controller.debian;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What an archive's release says of itself, once its signature is known to be good. */
final class Release {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss z", Locale.US);
    private static final Duration CLOCKS_DIFFER_BY = Duration.ofHours(24);

    /** @param size in bytes */
    record Listed(String sha256, long size) {}

    private final Map<String, String> fields = new HashMap<>();
    private final Map<String, Listed> files = new HashMap<>();

    /** @param from for messages */
    Release(String text, String from) throws DebianException {
        boolean inHashes = false;
        for (String line : text.lines().toList()) {
            if (line.startsWith(" ")) {
                String[] words = line.strip().split("\\s+");
                if (inHashes && words.length == 3 && words[1].matches("[0-9]{1,12}")) {
                    files.put(words[2], new Listed(words[0], Long.parseLong(words[1])));
                }
            } else {
                int colon = line.indexOf(':');
                inHashes = line.startsWith("SHA256:");
                if (colon > 0) {
                    fields.put(
                            line.substring(0, colon), line.substring(colon + 1).strip());
                }
            }
        }
        if (files.isEmpty()) {
            throw new DebianException(from + " lists no files", SignedText.REMEDY);
        }
    }

    /** @throws DebianException when it is another release than was asked for, or none for today */
    void require(String suite, Instant now, String from) throws DebianException {
        String codename = fields.getOrDefault("Codename", "");
        if (!codename.equals(suite)) {
            throw new DebianException(from + " is of " + codename + ", not of " + suite, SignedText.REMEDY);
        }
        Optional<Instant> date = date("Date");
        if (date.isEmpty() || date.get().isAfter(now.plus(CLOCKS_DIFFER_BY))) {
            throw new DebianException(
                    from + " is from the future: " + fields.getOrDefault("Date", "no date"),
                    "set this machine's clock: it says " + now);
        }
        Optional<Instant> end = date("Valid-Until");
        if (end.isPresent() && end.get().isBefore(now)) {
            throw new DebianException(
                    from + " was good until " + end.get() + " only",
                    "the mirror is out of date, try another one: --mirror URL; or set this machine's clock");
        }
    }

    private Optional<Instant> date(String field) {
        try {
            return Optional.of(
                    ZonedDateTime.parse(fields.getOrDefault(field, ""), DATE).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The first of these that it lists. */
    Optional<String> firstOf(List<String> paths) {
        return paths.stream().filter(files::containsKey).findFirst();
    }

    Optional<Listed> file(String path) {
        return Optional.ofNullable(files.get(path));
    }

    boolean isByHash() {
        return fields.getOrDefault("Acquire-By-Hash", "").equals("yes");
    }
}
