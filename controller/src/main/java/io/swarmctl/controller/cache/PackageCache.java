package io.swarmctl.controller.cache;

import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Packages for the whole fleet, each fetched once: kept on the disk, given to all who ask while it still comes. What is
 * right is for apt's signatures to say; what is damaged here is found by its checksum, and fetched anew.
 */
public final class PackageCache implements CacheDesk, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PackageCache.class);
    private static final int READERS = 4;
    private static final int MOST_READS = 10_000;

    /** For the rest of the controller, and of its machine. */
    private static final long RESERVE = 1L << 30;

    private static final Path SYSTEM_TRUST = Path.of("/etc/ssl/certs/ca-certificates.crt");

    private final CacheFiles files;
    private final Supplier<CacheRules> rules;
    private final Tally tally = new Tally();
    private final InstantSource clock;
    private final Fetches fetches;
    private final Runnable closeUpstream;
    private final ExecutorService readers = Pools.of("package-read", READERS, MOST_READS);
    private final CompletableFuture<Void> loaded;

    /** @param directory where the files are kept; it is made */
    public PackageCache(Vertx vertx, Path directory, Supplier<CacheRules> rules, InstantSource clock) {
        this(directory, rules, clock, upstream(vertx, rules, systemTrust()));
    }

    private PackageCache(Path directory, Supplier<CacheRules> rules, InstantSource clock, HttpUpstream upstream) {
        this(directory, rules, clock, upstream, PackageCache::rest, upstream::close);
    }

    PackageCache(
            Path directory,
            Supplier<CacheRules> rules,
            InstantSource clock,
            Upstream upstream,
            Fetch.Pause pause,
            Runnable closeUpstream) {
        this.rules = rules;
        this.clock = clock;
        this.files = new CacheFiles(directory, tally);
        this.fetches =
                new Fetches(new Fetch.Surroundings(upstream, files, tally, this::makeRoom, pause, clock::millis));
        this.closeUpstream = closeUpstream;
        this.loaded = CompletableFuture.runAsync(this::load, readers);
    }

    static HttpUpstream upstream(Vertx vertx, Supplier<CacheRules> rules, @Nullable TrustOptions trust) {
        return new HttpUpstream(
                vertx, Resolver.ofThisMachine(), trust, () -> rules.get().upstreams());
    }

    /** What apt trusts too; it may know more than Java. */
    private static @Nullable TrustOptions systemTrust() {
        return Files.isReadable(SYSTEM_TRUST) ? new PemTrustOptions().addCertPath(SYSTEM_TRUST.toString()) : null;
    }

    public boolean isEnabled() {
        return rules.get().enabled();
    }

    /** Which hosts may be asked for, a line each; those that are asked by HTTPS begin with {@code https://}. */
    public String hosts() {
        return String.join("\n", rules.get().upstreams().lines()) + "\n";
    }

    /**
     * A file to be read, from the disk or while it comes. Does not block.
     *
     * @param anew whoever asks had it before, and found that it is not what it should be
     * @return fails with a {@link CacheException}
     */
    public CompletableFuture<Reading> open(PackageUrl asked, boolean anew) {
        CacheRules now = rules.get();
        Optional<PackageUrl> url = now.upstreams().route(asked);
        if (!now.enabled() || url.isEmpty()) {
            tally.refused.increment();
            return CompletableFuture.failedFuture(
                    new CacheException(HttpURLConnection.HTTP_FORBIDDEN, refusal(now, asked)));
        }
        try {
            return loaded.thenComposeAsync(ready -> look(url.get(), anew), readers)
                    .thenApplyAsync(PackageCache::open, readers)
                    .exceptionallyCompose(failure -> CompletableFuture.failedFuture(inWords(failure)));
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(Fetches.tooMuch());
        }
    }

    private static String refusal(CacheRules rules, PackageUrl asked) {
        return rules.enabled()
                ? asked.authority() + " is not on the package cache's list"
                : "the package cache is off by the fleet's policy";
    }

    /** Runs what blocks for the disk. */
    public void read(Runnable work) {
        readers.execute(work);
    }

    /** Of what was opened; counted where it is sent. */
    public void served(long bytes) {
        tally.bytesServed.add(bytes);
    }

    @Override
    public void clear() throws IOException {
        loaded.join();
        files.clear(fetches.busy());
    }

    @Override
    public CacheStatistics statistics() {
        CacheRules now = rules.get();
        return new CacheStatistics(
                now.enabled(),
                files.count(),
                files.bytes(),
                limit(now),
                fetches.busy().size(),
                tally.hits.sum(),
                tally.misses.sum(),
                tally.joined.sum(),
                tally.confirmed.sum(),
                tally.stale.sum(),
                tally.refused.sum(),
                tally.failed.sum(),
                tally.resumed.sum(),
                tally.discarded.sum(),
                tally.evicted.sum(),
                tally.bytesServed.sum(),
                tally.hosts());
    }

    @Override
    public void close() {
        fetches.close();
        readers.shutdownNow();
        closeUpstream.run();
    }

    private void load() {
        try {
            files.load();
        } catch (IOException e) {
            LOG.error("the package cache cannot use its directory: {}; packages are not kept", e.getMessage());
            throw new CompletionException(
                    new CacheException(HttpURLConnection.HTTP_UNAVAILABLE, "the package cache's disk fails"));
        }
    }

    private CompletableFuture<Content> look(PackageUrl url, boolean anew) {
        try {
            long now = clock.millis();
            Kept kept = files.find(url, now).orElse(null);
            if (kept == null) {
                return fetches.join(url, null, false);
            }
            if (anew && Freshness.mayBeAskedAnew(kept.entry(), now)) {
                return fetches.join(url, url.isImmutable() ? null : kept, true);
            }
            if (Freshness.isFresh(url, kept.entry(), now)) {
                tally.hits.increment();
                return CompletableFuture.completedFuture(kept.content());
            }
            return fetches.join(url, kept, false);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Reading open(Content content) {
        try {
            return content.open();
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private CacheException inWords(Throwable failure) {
        tally.failed.increment();
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof CacheException known) {
            return known;
        }
        LOG.warn("the package cache failed", cause);
        return new CacheException(HttpURLConnection.HTTP_UNAVAILABLE, "the package cache's disk fails");
    }

    private long limit(CacheRules now) {
        try {
            return Eviction.limit(now.size(), files.bytes(), files.free(), RESERVE);
        } catch (IOException e) {
            return 0;
        }
    }

    private void makeRoom(long bytes) throws IOException {
        long limit = limit(rules.get());
        if (bytes > limit) {
            throw new CacheException(
                    HttpURLConnection.HTTP_UNAVAILABLE,
                    "the package cache has no room for " + (bytes >> 20) + " MB; make room on the controller's disk");
        }
        files.makeRoom(limit - bytes, fetches.busy());
    }

    private static void rest(int tries) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(
                Fetch.pause(tries, ThreadLocalRandom.current().nextDouble()).toMillis());
    }
}
