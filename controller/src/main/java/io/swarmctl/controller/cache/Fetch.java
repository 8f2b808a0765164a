package io.swarmctl.controller.cache;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One download, however many want the file. Goes on where it breaks off; when the archive does not answer, gives what was
 * there before. Belongs to the thread that runs it.
 */
final class Fetch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Fetch.class);
    private static final int BUFFER = 64 * 1024;

    /** In a row, without a byte. */
    private static final int FRUITLESS_TRIES = 3;

    private static final int MOST_TRIES = 40;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final byte[] PACKAGE_BEGINS = "!<arch>\n".getBytes(StandardCharsets.US_ASCII);

    private final PackageUrl url;
    private final @Nullable Kept before;
    private final Surroundings around;
    private final CompletableFuture<Content> content = new CompletableFuture<>();
    private @Nullable Part part;
    private @Nullable Content shown;

    /** Waits between tries; longer the more of them there were. */
    @FunctionalInterface
    interface Pause {
        void after(int tries) throws InterruptedException;
    }

    /**
     * What all downloads use.
     *
     * @param room makes room for so many bytes
     */
    record Surroundings(Upstream upstream, CacheFiles files, Tally tally, Room room, Pause pause, Clock clock) {}

    /** Makes room for a file of that length. */
    @FunctionalInterface
    interface Room {
        void make(long bytes) throws IOException;
    }

    /** In milliseconds since 1970. */
    @FunctionalInterface
    interface Clock {
        long now();
    }

    /** @param before what the cache had of it, to be given if the archive says so or says nothing */
    Fetch(PackageUrl url, @Nullable Kept before, Surroundings around) {
        this.url = url;
        this.before = before;
        this.around = around;
    }

    /** Is there as soon as there is something to read; fails with a {@link CacheException}. */
    CompletableFuture<Content> content() {
        return content;
    }

    @Override
    public void run() {
        try {
            download();
        } catch (IOException e) {
            around.tally().of(url).failures.increment();
            giveUp(e);
        } catch (InterruptedException e) {
            giveUp(new IOException("the controller stops", e));
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("the download of {} failed", url, e);
            giveUp(new IOException("an error in the package cache", e));
        } finally {
            closePart();
        }
    }

    /** It is there already; instead of being run. */
    void give(Kept there) {
        content.complete(there.content());
    }

    /** Instead of being run. */
    void refuse(CacheException reason) {
        giveUp(reason);
    }

    private void download() throws IOException, InterruptedException {
        int fruitless = 0;
        int patience = before == null ? FRUITLESS_TRIES : 1;
        for (int tries = 1; ; tries++) {
            long had = length();
            try {
                attempt();
                return;
            } catch (CacheException e) {
                if (!e.mayPass() || ++fruitless >= patience) {
                    throw e;
                }
            } catch (IOException e) {
                fruitless = length() > had ? 0 : fruitless + 1;
                LOG.info("{} broke off at {} bytes: {}", url, length(), e.getMessage());
                if (fruitless >= patience || tries >= MOST_TRIES) {
                    throw e;
                }
            }
            around.pause().after(Math.max(1, fruitless));
        }
    }

    private void attempt() throws IOException, InterruptedException {
        Part begun = begun();
        around.tally().of(url).requests.increment();
        boolean rest = begun != null && begun.length() > 0;
        try (Upstream.Answer answer = around.upstream()
                .get(
                        url,
                        rest && begun != null
                                ? Requests.rest(begun.note(), begun.length())
                                : Requests.whole(before == null ? null : before.entry()))) {
            switch (answer.status()) {
                case HttpURLConnection.HTTP_NOT_MODIFIED -> confirmed();
                case HttpURLConnection.HTTP_PARTIAL -> goOn(answer);
                case HttpURLConnection.HTTP_OK -> whole(answer);
                case RANGE_NOT_SATISFIABLE -> {
                    forget();
                    throw new IOException("the archive has less than has come already");
                }
                default ->
                    throw new CacheException(answer.status(), "the archive answers " + answer.status() + " for " + url);
            }
        }
    }

    /** What has come in an earlier try, of this download or one before. */
    private @Nullable Part begun() throws IOException {
        if (part == null && shown == null) {
            Optional<Part> old = around.files().resume(url);
            part = old.orElse(null);
        }
        Part there = part;
        if (there != null && shown == null && !Requests.canGoOn(url, there.note())) {
            forget();
        }
        return part;
    }

    private void confirmed() throws IOException {
        if (before == null) {
            throw new IOException("the archive says that nothing has changed, but nothing was there");
        }
        around.tally().confirmed.increment();
        content.complete(around.files().confirm(before, around.clock().now()).content());
    }

    private void goOn(Upstream.Answer answer) throws IOException, InterruptedException {
        Part there = part;
        if (there == null) {
            throw new IOException("the archive gives a part that nobody asked for");
        }
        Optional<Long> total = ByteRange.wholeOf(answer.header("Content-Range"), there.length());
        if (total.isEmpty()
                || total.get() != there.note().total()
                || !isOfSame(Requests.note(url, answer, total.get()), there.note())) {
            throw changed();
        }
        around.tally().resumed.increment();
        copy(answer, there, 0);
    }

    private void whole(Upstream.Answer answer) throws IOException, InterruptedException {
        refusePages(answer);
        long total = length(answer);
        PartNote note = Requests.note(url, answer, total);
        Part there = part;
        if (there != null && there.length() > 0 && isOfSame(note, there.note())) {
            // The archive knows no ranges, or it is several servers that do not agree in their dates.
            copy(answer, there, there.length());
            return;
        }
        if (shown != null) {
            throw changed();
        }
        forget();
        around.room().make(total);
        Part fresh = around.files().begin(url, note);
        part = fresh;
        copy(answer, fresh, 0);
    }

    private boolean isOfSame(PartNote one, PartNote other) {
        return url.isImmutable() ? one.total() == other.total() : one.isOf(other);
    }

    private static long length(Upstream.Answer answer) throws IOException {
        try {
            return Long.parseLong(answer.header("Content-Length"));
        } catch (NumberFormatException e) {
            throw new CacheException(HttpURLConnection.HTTP_BAD_GATEWAY, "the archive does not tell how long it is");
        }
    }

    private void refusePages(Upstream.Answer answer) throws CacheException {
        if (answer.header("Content-Type").startsWith("text/html")) {
            throw new CacheException(
                    HttpURLConnection.HTTP_BAD_GATEWAY,
                    "instead of " + url.host() + " something answers with a page of its own");
        }
    }

    /** What readers have of it is of no use to them. */
    private CacheException changed() throws IOException {
        forget();
        return new CacheException(HttpURLConnection.HTTP_CONFLICT, "the archive has changed it meanwhile");
    }

    private void copy(Upstream.Answer answer, Part into, long skip) throws IOException, InterruptedException {
        byte[] buffer = new byte[BUFFER];
        long toSkip = skip;
        try {
            for (int read = answer.read(buffer); read >= 0; read = answer.read(buffer)) {
                around.tally().of(url).bytes.add(read);
                int skipped = (int) Math.min(toSkip, read);
                toSkip -= skipped;
                if (read > skipped) {
                    append(skipped == 0 ? buffer : Arrays.copyOfRange(buffer, skipped, read), read - skipped, into);
                }
            }
        } finally {
            if (part == into) {
                into.mark();
            }
        }
        if (into.length() < into.note().total()) {
            throw new IOException("the archive ended it early");
        }
        finish(into);
    }

    private void append(byte[] bytes, int many, Part into) throws IOException {
        if (into.length() == 0 && url.isPackage() && !beginsAsPackage(bytes, many)) {
            forget();
            throw new CacheException(HttpURLConnection.HTTP_BAD_GATEWAY, "what " + url.host() + " gives is no package");
        }
        into.append(bytes, many);
        Content growing = shown;
        if (growing == null) {
            growing = new Content(into.note().head(), new Growth(), into.file());
            shown = growing;
        }
        growing.growth().grow(readable(into));
        content.complete(growing);
    }

    private static boolean beginsAsPackage(byte[] bytes, int many) {
        int known = Math.min(many, PACKAGE_BEGINS.length);
        return Arrays.equals(bytes, 0, known, PACKAGE_BEGINS, 0, known);
    }

    /** The last byte of what is known by its checksum is given once that is right. */
    private long readable(Part of) {
        return url.sha256().isPresent() ? Math.min(of.length(), of.note().total() - 1) : of.length();
    }

    private void finish(Part whole) throws IOException {
        String sha256 = whole.sha256();
        if (url.sha256().filter(named -> !named.equals(sha256)).isPresent()) {
            around.tally().discarded.increment();
            forget();
            throw new CacheException(
                    HttpURLConnection.HTTP_CONFLICT,
                    "what " + url.host() + " gives has another checksum than its name");
        }
        long now = around.clock().now();
        PartNote note = whole.note();
        Entry entry = new Entry(note.url(), whole.length(), sha256, note.etag(), note.lastModified(), note.type(), now);
        Content growing = shown == null ? Content.whole(entry, whole.file()) : shown;
        growing.rename(() -> around.files().keep(url, whole, entry, now));
        part = null;
        growing.growth().end(entry.length());
        content.complete(growing);
    }

    private long length() {
        Part there = part;
        return there == null ? 0 : there.length();
    }

    private void forget() throws IOException {
        closePart();
        around.files().drop(url.key());
    }

    private void closePart() {
        Part there = part;
        part = null;
        if (there != null) {
            try {
                there.close();
            } catch (IOException e) {
                LOG.debug("{}: {}", url, e.getMessage());
            }
        }
    }

    private void giveUp(IOException reason) {
        Kept old = before;
        boolean saysNo = reason instanceof CacheException known && !known.mayPass();
        if (old != null && !content.isDone() && !saysNo) {
            LOG.warn("{} is given as it was: {}", url, reason.getMessage());
            around.tally().stale.increment();
            content.complete(old.content());
            return;
        }
        LOG.warn("{} cannot be fetched: {}", url, reason.getMessage());
        CacheException failure = reason instanceof CacheException told
                ? told
                : new CacheException(
                        HttpURLConnection.HTTP_BAD_GATEWAY, url.host() + " does not answer: " + reason.getMessage());
        Content growing = shown;
        if (growing != null) {
            growing.growth().fail(failure);
        }
        boolean unused = content.completeExceptionally(failure);
    }

    /** As {@link Pause} has it. */
    static Duration pause(int tries, double random) {
        long most = Math.min(8_000, 250L << Math.min(tries, 5));
        return Duration.ofMillis((long) (most * (0.5 + random / 2)));
    }
}
