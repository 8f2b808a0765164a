package io.swarmctl.controller.cache;

import static io.swarmctl.controller.cache.PackageUrlTest.url;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cache whose process is killed while it fetches: what it gives afterwards is what the archive has. */
@Timeout(180)
class CacheKilledTest {
    private static final int PACKAGES = 30;
    private static final CacheRules RULES = new CacheRules(true, 1L << 40, Upstreams.of(List.of(), Set.of()));

    @TempDir
    Path directory;

    @ParameterizedTest(name = "killed when {0} packages had been read")
    @ValueSource(ints = {1, 2, 5, 11, 17, 29})
    void noDamagedFileIsEverGiven(int read) throws Exception {
        fetchAndKill(read);
        MemoryArchive archive = Fetcher.archive();
        try (PackageCache cache = Fetcher.open(directory, archive)) {
            for (int number = 0; number < PACKAGES; number++) {
                byte[] content = PackageCacheTest.all(
                        cache.open(Fetcher.address(number), false).get());
                assertThat(content).isEqualTo(Fetcher.content(number));
            }
        }
        assertThat(archive.bytes.get())
                .as("what was there is not fetched again")
                .isLessThan(Fetcher.wholeArchive());
    }

    private void fetchAndKill(int after) throws IOException, InterruptedException {
        Process fetcher = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Fetcher.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int seen = 0;
        try (BufferedReader lines = fetcher.inputReader(StandardCharsets.UTF_8)) {
            while (lines.readLine() != null) {
                if (++seen == after) {
                    fetcher.toHandle().destroyForcibly();
                }
            }
        }
        fetcher.waitFor();
        assertThat(seen).isGreaterThanOrEqualTo(after);
    }

    /** Fetches all packages at once, and says so of each. */
    static final class Fetcher {
        private Fetcher() {}

        public static void main(String[] args) throws ExecutionException, InterruptedException {
            try (PackageCache cache = open(Path.of(args[0]), archive())) {
                List<CompletableFuture<Void>> all = new ArrayList<>();
                for (int number = 0; number < PACKAGES; number++) {
                    all.add(cache.open(address(number), false)
                            .thenApplyAsync(PackageCacheTest::all)
                            .thenAccept(content -> System.out.println(content.length)));
                }
                for (CompletableFuture<Void> one : all) {
                    one.get();
                }
            }
        }

        static PackageCache open(Path directory, MemoryArchive archive) {
            return new PackageCache(
                    directory.resolve("packages"), () -> RULES, InstantSource.system(), archive, tries -> {}, () -> {});
        }

        static MemoryArchive archive() {
            MemoryArchive archive = new MemoryArchive();
            for (int number = 0; number < PACKAGES; number++) {
                archive.put(address(number), content(number));
            }
            return archive;
        }

        static PackageUrl address(int number) {
            return url("http://deb.debian.org/debian/pool/main/p/p" + number + "/p" + number + "_1_arm64.deb");
        }

        /** Some of less than is synced at once, and some of more. */
        static byte[] content(int number) {
            return PackageCacheTest.deb(1_000_000 + number * 400_000);
        }

        static long wholeArchive() {
            long bytes = 0;
            for (int number = 0; number < PACKAGES; number++) {
                bytes += content(number).length;
            }
            return bytes;
        }
    }
}
