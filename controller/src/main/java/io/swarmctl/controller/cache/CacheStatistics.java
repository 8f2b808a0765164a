package io.swarmctl.controller.cache;

import java.util.Map;

/**
 * How the cache is, and what it has done since the controller was started.
 *
 * @param files that it has whole
 * @param bytes of these and of what has begun to come
 * @param limit in bytes: what the policy allows, and the disk
 * @param inFlight downloads at work or waiting for their turn
 * @param hits requests answered with what was there
 * @param misses requests that made it ask an archive
 * @param joined requests that waited for another's download
 * @param confirmed how often an archive said that what was there still holds
 * @param stale requests answered with what was there because the archive did not answer
 * @param refused requests for what may not be fetched
 * @param failed requests that could not be answered
 * @param resumed downloads that went on where they had broken off
 * @param discarded files that were damaged, and are gone
 * @param evicted files that had to make room
 */
public record CacheStatistics(
        boolean enabled,
        long files,
        long bytes,
        long limit,
        long inFlight,
        long hits,
        long misses,
        long joined,
        long confirmed,
        long stale,
        long refused,
        long failed,
        long resumed,
        long discarded,
        long evicted,
        long bytesServed,
        Map<String, Host> upstreams) {

    /** What was asked of an archive. {@code bytes} of contents, without headers. */
    public record Host(long requests, long bytes, long failures) {}

    public CacheStatistics {
        upstreams = Map.copyOf(upstreams);
    }

    public long bytesFetched() {
        return upstreams.values().stream().mapToLong(Host::bytes).sum();
    }

    public long upstreamRequests() {
        return upstreams.values().stream().mapToLong(Host::requests).sum();
    }
}
