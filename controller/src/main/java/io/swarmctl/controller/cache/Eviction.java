package io.swarmctl.controller.cache;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Chooses what goes when there is no room. */
final class Eviction {
    private Eviction() {}

    /** @param usedAt orders the files; those that were used at the same time go in the order of their keys */
    record Candidate(String key, long length, long usedAt) {}

    /** What has to go so that no more than {@code limit} bytes are left: the least recently used first. */
    static List<String> choose(List<Candidate> all, long limit) {
        long bytes = all.stream().mapToLong(Candidate::length).sum();
        List<String> chosen = new ArrayList<>();
        List<Candidate> oldest = all.stream()
                .sorted(Comparator.comparingLong(Candidate::usedAt).thenComparing(Candidate::key))
                .toList();
        for (Candidate one : oldest) {
            if (bytes <= limit) {
                break;
            }
            chosen.add(one.key());
            bytes -= one.length();
        }
        return chosen;
    }

    /**
     * How many bytes the cache may have.
     *
     * @param wanted by the policy
     * @param kept that it has
     * @param free on its disk
     * @param reserve what is to be left free for others
     */
    static long limit(long wanted, long kept, long free, long reserve) {
        return Math.max(0, Math.min(wanted, kept + free - reserve));
    }
}
