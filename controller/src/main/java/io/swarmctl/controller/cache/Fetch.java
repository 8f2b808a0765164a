package io.swarmctl.controller.cache;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
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

    /** In a row, without a byte; ten seconds or so, for nodes wait no longer. */
    private static final int FRUITLESS_TRIES = 6;

    private static final int MOST_TRIES = 40;

    private final PackageUrl url;
    private final @Nullable Kept before;
    private final Surroundings around;
    private final CompletableFuture<Content> content = new CompletableFuture<>();
    private final Download download;

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
        this.download = new Download(url, before, around, content);
    }

    /** Is there as soon as there is something to read; fails with a {@link CacheException}. */
    CompletableFuture<Content> content() {
        return content;
    }

    @Override
    public void run() {
        try (download) {
            tryAgainAndAgain();
        } catch (IOException e) {
            around.tally().of(url).failures.increment();
            giveUp(e);
        } catch (InterruptedException e) {
            giveUp(new IOException("the controller stops", e));
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("the download of {} failed", url, e);
            giveUp(new IOException("an error in the package cache", e));
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

    private void tryAgainAndAgain() throws IOException, InterruptedException {
        int fruitless = 0;
        int patience = before == null ? FRUITLESS_TRIES : 1;
        for (int tries = 1; ; tries++) {
            long had = download.length();
            try {
                download.attempt();
                return;
            } catch (CacheException e) {
                if (!e.mayPass() || ++fruitless >= patience) {
                    throw e;
                }
            } catch (IOException e) {
                fruitless = download.length() > had ? 0 : fruitless + 1;
                LOG.info("{} broke off at {} bytes: {}", url, download.length(), e.getMessage());
                if (fruitless >= patience || tries >= MOST_TRIES) {
                    throw e;
                }
            }
            around.pause().after(Math.max(1, fruitless));
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
        download.fail(failure);
        boolean unused = content.completeExceptionally(failure);
    }

    /** As {@link Pause} has it. */
    static Duration pause(int tries, double random) {
        long most = Math.min(4_000, 250L << Math.min(tries, 5));
        return Duration.ofMillis((long) (most * (0.5 + random / 2)));
    }
}
