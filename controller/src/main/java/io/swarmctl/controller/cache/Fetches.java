package io.swarmctl.controller.cache;

import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The downloads at work or waiting for their turn: one for each file, however many want it. Any thread may call it. */
final class Fetches implements AutoCloseable {
    private static final int AT_ONCE = 6;
    private static final int MOST = 2_000;
    private static final int CLOSE_SECONDS = 5;

    private final Fetch.Surroundings surroundings;
    private final ExecutorService downloads = Pools.of("package-fetch", AT_ONCE, MOST);
    private final Map<String, Fetch> inFlight = new ConcurrentHashMap<>();

    Fetches(Fetch.Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * What one download brings, for all who ask for it meanwhile.
     *
     * @param before what the cache has of it, to be given if the archive says so or says nothing
     * @param anew what the cache has is not what it should be
     */
    CompletableFuture<Content> join(PackageUrl url, @Nullable Kept before, boolean anew) {
        Fetch mine = new Fetch(url, before, surroundings);
        Fetch running = inFlight.putIfAbsent(url.key(), mine);
        if (running != null) {
            surroundings.tally().joined.increment();
            return running.content();
        }
        // Another download may have ended between the look at the files and that at the downloads.
        Optional<Kept> meanwhile =
                surroundings.files().peek(url).filter(there -> before == null ? !anew : there != before);
        if (meanwhile.isPresent()) {
            surroundings.tally().hits.increment();
            inFlight.remove(url.key(), mine);
            mine.give(meanwhile.get());
            return mine.content();
        }
        surroundings.tally().misses.increment();
        try {
            downloads.execute(() -> {
                try {
                    mine.run();
                } finally {
                    inFlight.remove(url.key(), mine);
                }
            });
        } catch (RejectedExecutionException e) {
            inFlight.remove(url.key(), mine);
            mine.refuse(tooMuch());
        }
        return mine.content();
    }

    static CacheException tooMuch() {
        return new CacheException(
                HttpURLConnection.HTTP_UNAVAILABLE, "the package cache is asked for too much at once");
    }

    /** The keys of files that are coming. */
    Set<String> busy() {
        return Set.copyOf(inFlight.keySet());
    }

    @Override
    public void close() {
        downloads.shutdownNow();
        try {
            boolean unused = downloads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
