package io.swarmctl.controller.cache;

import static io.swarmctl.controller.cache.PackageUrlTest.url;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PackageCacheTest {
    private static final PackageUrl BASH = url("http://deb.debian.org/debian/pool/main/b/bash/bash_5.2_arm64.deb");
    private static final PackageUrl ZSH = url("http://deb.debian.org/debian/pool/main/z/zsh/zsh_5.9_arm64.deb");
    private static final PackageUrl INDEX = url("http://deb.debian.org/debian/dists/bookworm/InRelease");
    private static final int LARGE = 10_000_000;

    @TempDir
    Path directory;

    private final MemoryArchive archive = new MemoryArchive();
    private final AtomicReference<Instant> time = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private volatile CacheRules rules = new CacheRules(true, 1L << 40, Upstreams.of(List.of(), Set.of()));
    private PackageCache cache;

    @BeforeEach
    void begin() {
        cache = open();
    }

    @AfterEach
    void end() {
        cache.close();
    }

    @Test
    void aPackageIsFetchedOnce() throws Exception {
        byte[] bash = deb(100_000);
        archive.put(BASH, bash);

        assertThat(get(BASH)).isEqualTo(bash);
        assertThat(get(BASH)).isEqualTo(bash);

        assertThat(archive.requests).hasValue(1);
        assertThat(cache.statistics().hits()).isEqualTo(1);
        assertThat(cache.statistics().misses()).isEqualTo(1);
        assertThat(cache.statistics().files()).isEqualTo(1);
        assertThat(cache.statistics().bytesFetched()).isEqualTo(100_000);
    }

    @Test
    void howeverManyAskAtOnceAndAllGetAllOfIt() throws Exception {
        byte[] bash = deb(LARGE);
        archive.put(BASH, bash);
        List<CompletableFuture<byte[]>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(cache.open(BASH, false).thenApplyAsync(PackageCacheTest::all));
        }
        for (CompletableFuture<byte[]> one : all) {
            assertThat(one.get()).isEqualTo(bash);
        }
        assertThat(archive.requests).hasValue(1);
        assertThat(archive.bytes).hasValue(LARGE);
    }

    @Test
    void afterARestartItIsThereStill() throws Exception {
        byte[] bash = deb(100_000);
        archive.put(BASH, bash);
        get(BASH);
        restart();
        archive.away = true;
        assertThat(get(BASH)).isEqualTo(bash);
    }

    @Test
    void whatIsDamagedOnTheDiskIsFoundAndFetchedAnew() throws Exception {
        byte[] bash = deb(100_000);
        archive.put(BASH, bash);
        get(BASH);
        restart();
        Path kept = directory.resolve(BASH.key());
        byte[] damaged = Files.readAllBytes(kept);
        damaged[50_000] ^= 1;
        Files.write(kept, damaged);

        assertThat(get(BASH)).isEqualTo(bash);
        assertThat(cache.statistics().discarded()).isEqualTo(1);
        assertThat(archive.requests).hasValue(2);
    }

    @Test
    void whatIsDamagedWhileItIsInUseIsFoundToo() throws Exception {
        byte[] bash = deb(100_000);
        archive.put(BASH, bash);
        get(BASH);
        Files.write(directory.resolve(BASH.key()), new byte[10]);

        assertThat(get(BASH)).isEqualTo(bash);
        assertThat(cache.statistics().discarded()).isEqualTo(1);
    }

    @Test
    void aFileWithoutItsNoteIsRemovedAndTheOtherWayRound() throws Exception {
        archive.put(BASH, deb(1_000));
        archive.put(ZSH, deb(1_000));
        get(BASH);
        get(ZSH);
        cache.close();
        Files.delete(directory.resolve(BASH.key() + ".json"));
        Files.delete(directory.resolve(ZSH.key()));
        Files.writeString(directory.resolve("0123.tmp"), "left behind");
        cache = open();
        archive.away = true;
        assertThatThrownBy(() -> get(BASH)).hasRootCauseInstanceOf(IOException.class);
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void anIndexIsGivenForAWhileAndThenAskedFor() throws Exception {
        archive.put(INDEX, bytes("first"));
        assertThat(get(INDEX)).asString().isEqualTo("first");
        archive.put(INDEX, bytes("second"));
        assertThat(get(INDEX)).asString().isEqualTo("first");

        pass(Duration.ofMinutes(6));
        assertThat(get(INDEX)).asString().isEqualTo("second");
        pass(Duration.ofMinutes(6));
        assertThat(get(INDEX)).asString().isEqualTo("second");

        assertThat(archive.requests).hasValue(3);
        assertThat(cache.statistics().confirmed()).isEqualTo(1);
        assertThat(archive.bytes).hasValue("firstsecond".length());
    }

    @Test
    void anIndexIsGivenAsItWasWhileTheArchiveIsAway() throws Exception {
        archive.put(INDEX, bytes("first"));
        get(INDEX);
        archive.away = true;
        pass(Duration.ofDays(3));
        assertThat(get(INDEX)).asString().isEqualTo("first");
        assertThat(cache.statistics().stale()).isEqualTo(1);
    }

    @Test
    void whatWasNeverThereFailsWithTheArchivesName() {
        archive.away = true;
        assertThatThrownBy(() -> get(BASH)).hasMessageContaining("deb.debian.org does not answer");
        assertThatThrownBy(() -> get(ZSH)).hasMessageContaining("deb.debian.org does not answer");
        assertThat(cache.statistics().failed()).isEqualTo(2);
    }

    @Test
    void whatTheArchiveDoesNotHaveIsSaidSo() {
        assertThatThrownBy(() -> get(BASH))
                .rootCause()
                .satisfies(e -> assertThat(((CacheException) e).status()).isEqualTo(404));
        assertThat(archive.requests).hasValue(1);
    }

    @Test
    void aDownloadThatBreaksOffGoesOnAndReadersNoticeNothing() throws Exception {
        byte[] bash = deb(LARGE);
        archive.put(BASH, bash);
        archive.breaks.set(5);
        archive.breaksAfter = 1_000_000;

        assertThat(get(BASH)).isEqualTo(bash);
        assertThat(archive.bytes).hasValue(LARGE);
        assertThat(cache.statistics().resumed()).isEqualTo(5);
    }

    @Test
    void alsoAtAnArchiveThatKnowsNoRanges() throws Exception {
        byte[] bash = deb(LARGE);
        archive.put(BASH, bash);
        archive.knowsRanges = false;
        archive.breaks.set(2);
        archive.breaksAfter = 1_000_000;
        assertThat(get(BASH)).isEqualTo(bash);
    }

    @Test
    void whatHasComeBeforeTheArchiveWentAwayIsNotFetchedAgain() throws Exception {
        byte[] bash = deb(LARGE);
        archive.put(BASH, bash);
        archive.breaks.set(1_000);
        archive.breaksAfter = 5_000_000;
        archive.knowsRanges = true;
        CountDownLatch broken = new CountDownLatch(1);
        Reading reading = cache.open(BASH, false).get();
        archive.away = true;
        reading.whenMore(LARGE, broken::countDown);
        assertThat(broken.await(30, TimeUnit.SECONDS)).isTrue();
        reading.close();
        assertThatThrownBy(() -> get(ZSH)).isNotNull();

        restart();
        archive.away = false;
        archive.breaks.set(0);
        long before = archive.bytes.get();
        assertThat(get(BASH)).isEqualTo(bash);
        assertThat(archive.bytes.get() - before).isEqualTo(LARGE - before);
        assertThat(cache.statistics().resumed()).isEqualTo(1);
    }

    @Test
    void aPackageThatIsNoneIsNotKept() {
        archive.put(BASH, bytes("<html>Please log in</html>"));
        archive.type = "text/html";
        assertThatThrownBy(() -> get(BASH)).hasMessageContaining("a page of its own");
        archive.type = "";
        assertThatThrownBy(() -> get(BASH)).hasMessageContaining("is no package");
        assertThat(cache.statistics().files()).isZero();
    }

    @Test
    void whatIsNamedAfterItsChecksumHasIt() throws Exception {
        byte[] list = bytes("Package: bash");
        PackageUrl named = url("http://deb.debian.org/debian/dists/x/main/by-hash/SHA256/"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(list)));
        archive.put(named, bytes("Package: wash"));
        Reading reading = cache.open(named, false).get();
        assertThatThrownBy(() -> all(reading)).hasMessageContaining("another checksum");

        archive.put(named, list);
        assertThat(get(named)).isEqualTo(list);
    }

    @Test
    void whoFoundItWrongGetsItAnew() throws Exception {
        archive.put(BASH, deb(1_000));
        get(BASH);
        byte[] right = deb(2_000);
        archive.put(BASH, right);
        assertThat(all(cache.open(BASH, true).get())).hasSize(1_000);
        pass(Duration.ofMinutes(2));
        assertThat(all(cache.open(BASH, true).get())).isEqualTo(right);
        settle();
        assertThat(get(BASH)).isEqualTo(right);
    }

    @Test
    void theLeastRecentlyUsedMakesRoom() throws Exception {
        rules = new CacheRules(true, 2_500, rules.upstreams());
        PackageUrl fish = url("http://deb.debian.org/debian/pool/main/f/fish/fish_3_arm64.deb");
        for (PackageUrl one : List.of(BASH, ZSH, fish)) {
            archive.put(one, deb(1_000));
        }
        get(BASH);
        pass(Duration.ofSeconds(1));
        get(ZSH);
        pass(Duration.ofSeconds(1));
        get(BASH);
        pass(Duration.ofSeconds(1));
        get(fish);

        assertThat(cache.statistics().evicted()).isEqualTo(1);
        archive.away = true;
        get(BASH);
        get(fish);
        assertThatThrownBy(() -> get(ZSH)).isNotNull();
    }

    @Test
    void whatIsLargerThanTheCacheIsRefused() {
        rules = new CacheRules(true, 500, rules.upstreams());
        archive.put(BASH, deb(1_000));
        assertThatThrownBy(() -> get(BASH)).hasMessageContaining("no room");
    }

    @Test
    void otherHostsAreRefusedAndAllOfThemWhenItIsOff() {
        assertThatThrownBy(() -> get(url("http://example.org/a.deb")))
                .hasMessageContaining("example.org is not on the package cache's list");
        rules = new CacheRules(false, 1, rules.upstreams());
        assertThatThrownBy(() -> get(BASH)).hasMessageContaining("off by the fleet's policy");
        assertThat(archive.requests).hasValue(0);
        assertThat(cache.statistics().refused()).isEqualTo(2);
    }

    @Test
    void clearRemovesAll() throws Exception {
        archive.put(BASH, deb(1_000));
        get(BASH);
        cache.clear();
        assertThat(cache.statistics().bytes()).isZero();
        get(BASH);
        assertThat(archive.requests).hasValue(2);
    }

    private PackageCache open() {
        return new PackageCache(directory, () -> rules, time::get, archive, tries -> {}, () -> {});
    }

    private void restart() {
        cache.close();
        cache = open();
    }

    private void pass(Duration duration) {
        time.updateAndGet(now -> now.plus(duration));
    }

    private byte[] get(PackageUrl url) throws ExecutionException, InterruptedException {
        try {
            return all(cache.open(url, false).get());
        } finally {
            settle();
        }
    }

    /** Readers have all of a file before it is synced and named. */
    private void settle() {
        await().until(() -> cache.statistics().inFlight() == 0);
    }

    /** As a client reads it: from the first byte on, waiting for what has not come yet. */
    static byte[] all(Reading reading) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(50_000);
        try (reading) {
            while (content.size() < reading.head().length()) {
                int read = reading.read(buffer.clear(), content.size());
                content.write(buffer.array(), 0, read);
                if (read == 0) {
                    CountDownLatch more = new CountDownLatch(1);
                    reading.whenMore(content.size(), more::countDown);
                    assertThat(more.await(30, TimeUnit.SECONDS)).isTrue();
                }
            }
            return content.toByteArray();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    static byte[] deb(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        System.arraycopy(bytes("!<arch>\n"), 0, content, 0, 8);
        return content;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
