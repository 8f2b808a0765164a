package io.swarmctl.controller.cache;

import java.time.Duration;

/** Whether a kept file may be given without asking its archive. */
final class Freshness {
    /**
     * Archives bring out a new index every six hours or so, and many nodes ask within minutes of each other. A mirror that
     * tells no dates has to send all of it each time.
     */
    private static final Duration INDEX = Duration.ofMinutes(5);

    /** No node can have the cache fetch the same file all the time. */
    private static final Duration ANEW = Duration.ofMinutes(1);

    private Freshness() {}

    static boolean isFresh(PackageUrl url, Entry entry, long now) {
        // A clock that was set back says nothing of how long ago that was.
        long age = now - entry.checkedAt();
        return url.isImmutable() || (age >= 0 && age < INDEX.toMillis());
    }

    /** Whether somebody who finds that the file is not what it should be is believed. */
    static boolean mayBeAskedAnew(Entry entry, long now) {
        return now - entry.checkedAt() >= ANEW.toMillis();
    }
}
