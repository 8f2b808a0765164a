package io.swarmctl.controller.api.view;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the package cache is, and what it has done since the controller was started.
 *
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
 * @param upstreams archives, by their host
 * @param docker for which systems Docker's packages are gathered
 */
@Json
public record CacheView(
        Instant at,
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
        long bytesFetched,
        Map<String, UpstreamView> upstreams,
        List<GatheredView> docker) {
    public CacheView {
        upstreams = Collections.unmodifiableMap(new TreeMap<>(upstreams));
        // Earlier controllers do not tell.
        docker = docker == null ? List.of() : List.copyOf(docker);
    }

    /** @param state {@code coming}, {@code ready}, or {@code failed}: then nodes fetch their own */
    @Json
    public record GatheredView(String release, String architecture, String state) {}

    /** What was asked of an archive. */
    @Json
    public record UpstreamView(long requests, long bytes, long failures) {}
}
