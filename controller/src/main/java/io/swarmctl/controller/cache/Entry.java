package io.swarmctl.controller.cache;

import io.avaje.jsonb.Json;

/**
 * A file that the cache has, as it came.
 *
 * @param length in bytes
 * @param sha256 of what came, in hexadecimal digits
 * @param etag empty when the archive told none
 * @param lastModified as in the header, empty when the archive told none
 * @param type of its content, as in the header
 * @param checkedAt when the archive last said that it is so, in milliseconds since 1970
 */
@Json
public record Entry(
        String url, long length, String sha256, String etag, String lastModified, String type, long checkedAt) {
    Entry checked(long at) {
        return new Entry(url, length, sha256, etag, lastModified, type, at);
    }

    boolean hasValidator() {
        return !etag.isEmpty() || !lastModified.isEmpty();
    }
}
