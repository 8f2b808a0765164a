package io.swarmctl.controller.cache;

import io.swarmctl.controller.cache.Fetch.Surroundings;
import java.io.Closeable;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file on its way from its archive to the disk, in as many tries as it takes. Used by one thread. */
final class Download implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Download.class);
    private static final int BUFFER = 64 * 1024;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final PackageUrl url;
    private final @Nullable Kept before;
    private final Surroundings around;
    private final CompletableFuture<Content> content;
    private @Nullable Part part;

    /** What readers have been given of it; null as long as there is nothing to read. */
    private @Nullable Content shown;

    /**
     * @param before what the cache had of it
     * @param content is completed as soon as there is something to read
     */
    Download(PackageUrl url, @Nullable Kept before, Surroundings around, CompletableFuture<Content> content) {
        this.url = url;
        this.before = before;
        this.around = around;
        this.content = content;
    }

    /** @throws IOException when it broke off; what has come is kept for the next try */
    void attempt() throws IOException, InterruptedException {
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
                || !Requests.isOfSame(url, Requests.note(url, answer, total.get()), there.note())) {
            throw changed();
        }
        around.tally().resumed.increment();
        copy(answer, there, 0);
    }

    private void whole(Upstream.Answer answer) throws IOException, InterruptedException {
        Requests.refusePages(url, answer);
        long total = Requests.length(answer);
        PartNote note = Requests.note(url, answer, total);
        Part there = part;
        if (there != null && there.length() > 0 && Requests.isOfSame(url, note, there.note())) {
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

    /** What has come is of no use, and what readers have of it neither. */
    private IOException changed() throws IOException {
        forget();
        String reason = "the archive has changed it meanwhile";
        return shown == null ? new IOException(reason) : new CacheException(HttpURLConnection.HTTP_CONFLICT, reason);
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
        if (into.length() == 0 && url.isPackage() && !Requests.beginsAsPackage(bytes, many)) {
            forget();
            throw new CacheException(HttpURLConnection.HTTP_BAD_GATEWAY, "what " + url.host() + " gives is no package");
        }
        write(bytes, many, into);
        Content growing = shown;
        if (growing == null) {
            growing = new Content(into.note().head(), new Growth(), into.file());
            shown = growing;
        }
        growing.growth().grow(readable(into));
        content.complete(growing);
    }

    private static void write(byte[] bytes, int many, Part into) throws CacheException {
        try {
            into.append(bytes, many);
        } catch (IOException e) {
            throw new CacheException(
                    HttpURLConnection.HTTP_UNAVAILABLE, "the package cache's disk fails: " + e.getMessage());
        }
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

    /** How many bytes have come. */
    long length() {
        Part there = part;
        return there == null ? 0 : there.length();
    }

    private void forget() throws IOException {
        close();
        around.files().drop(url.key());
    }

    @Override
    public void close() {
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

    /** There will be no more of it. */
    void fail(CacheException reason) {
        Content growing = shown;
        if (growing != null) {
            growing.growth().fail(reason);
        }
    }
}
