package io.swarmctl.controller.cache;

import io.swarmctl.controller.cache.CacheStatistics.Host;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the cache does. Any thread may count. */
final class Tally {
    private static final int MOST_HOSTS = 100;
    private static final String OTHERS = "others";

    final LongAdder hits = new LongAdder();
    final LongAdder misses = new LongAdder();
    final LongAdder joined = new LongAdder();
    final LongAdder confirmed = new LongAdder();
    final LongAdder stale = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder resumed = new LongAdder();
    final LongAdder discarded = new LongAdder();
    final LongAdder evicted = new LongAdder();
    final LongAdder bytesServed = new LongAdder();
    private final Map<String, OfHost> hosts = new ConcurrentHashMap<>();

    /** What is counted of an archive. */
    static final class OfHost {
        final LongAdder requests = new LongAdder();
        final LongAdder bytes = new LongAdder();
        final LongAdder failures = new LongAdder();
    }

    OfHost of(PackageUrl url) {
        String host = hosts.size() < MOST_HOSTS || hosts.containsKey(url.host()) ? url.host() : OTHERS;
        return hosts.computeIfAbsent(host, name -> new OfHost());
    }

    Map<String, Host> hosts() {
        Map<String, Host> all = new TreeMap<>();
        hosts.forEach(
                (name, host) -> all.put(name, new Host(host.requests.sum(), host.bytes.sum(), host.failures.sum())));
        return all;
    }
}
