package io.swarmctl.controller.cache;

import io.avaje.jsonb.Json;

/**
 * What is known of a file that has begun to come.
 *
 * @param total its length in bytes
 * @param safe how many bytes have surely reached the disk
 */
@Json
public record PartNote(String url, long total, String etag, String lastModified, String type, long safe) {
    PartNote safe(long bytes) {
        return new PartNote(url, total, etag, lastModified, type, bytes);
    }

    /** Whether an answer is about the same content. */
    boolean isOf(PartNote other) {
        return total == other.total && etag.equals(other.etag) && lastModified.equals(other.lastModified);
    }

    Entry head() {
        return new Entry(url, total, "", etag, lastModified, type, 0);
    }
}
