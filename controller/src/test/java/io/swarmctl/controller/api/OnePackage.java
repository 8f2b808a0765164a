package io.swarmctl.controller.api;

import io.swarmctl.controller.cache.CacheDesk;
import io.swarmctl.controller.cache.CacheStatistics;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** A package cache with one package in it, until that is cleared. */
final class OnePackage implements CacheDesk {
    private final AtomicBoolean cleared = new AtomicBoolean();

    @Override
    public CacheStatistics statistics() {
        long bytes = cleared.get() ? 0 : 1_000_000;
        return new CacheStatistics(
                true,
                cleared.get() ? 0 : 1,
                bytes,
                10_000_000_000L,
                0,
                9,
                1,
                2,
                3,
                0,
                0,
                0,
                1,
                0,
                0,
                10_000_000,
                Map.of("deb.debian.org", new CacheStatistics.Host(4, 1_000_000, 0)));
    }

    @Override
    public void clear() {
        cleared.set(true);
    }
}
