package io.swarmctl.controller.server.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What a process took of the machine, from the beginning to the end. */
record Footprint(List<Sample> samples) {
    private static final double FLAT_WITHIN = 0.10;
    private static final int KILO = 1_000;

    /** @param rss resident memory in megabytes */
    record Sample(double rss, int threads) {}

    Footprint {
        samples = List.copyOf(samples);
    }

    /** What the process takes now. */
    static Sample of(long pid) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/" + pid + "/status"));
        return new Sample(number(lines, "VmRSS:") / (double) KILO, number(lines, "Threads:"));
    }

    private static int number(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> Integer.parseInt(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    /** Whether the last quarter took no more than a tenth above the second: in the first, everything was new. */
    boolean isFlat() {
        return isFlat(Sample::rss) && isFlat(Sample::threads);
    }

    private boolean isFlat(ToDoubleFunction<Sample> what) {
        return mean(3, what) <= mean(1, what) * (1 + FLAT_WITHIN);
    }

    private double mean(int quarter, ToDoubleFunction<Sample> what) {
        int size = samples.size() / 4;
        return samples.subList(quarter * size, (quarter + 1) * size).stream()
                .mapToDouble(what)
                .average()
                .orElseThrow();
    }

    @Override
    public String toString() {
        Sample first = samples.get(0);
        Sample last = samples.get(samples.size() - 1);
        return String.format(
                Locale.ROOT,
                "RSS first %.1f, last %.1f, max %.1f MB; threads first %d, last %d, max %d; means of the second and last"
                        + " quarter %.1f and %.1f MB, %.1f and %.1f threads: %s",
                first.rss(),
                last.rss(),
                samples.stream().mapToDouble(Sample::rss).max().orElseThrow(),
                first.threads(),
                last.threads(),
                samples.stream().mapToInt(Sample::threads).max().orElseThrow(),
                mean(1, Sample::rss),
                mean(3, Sample::rss),
                mean(1, Sample::threads),
                mean(3, Sample::threads),
                isFlat() ? "flat" : "NOT FLAT");
    }
}
