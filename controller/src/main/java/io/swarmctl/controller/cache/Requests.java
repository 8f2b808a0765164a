package io.swarmctl.controller.cache;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is said to an archive with a request, and what its answer says of the content. */
final class Requests {
    private Requests() {}

    /** For all of it, unless it is still as it was. */
    static Map<String, String> whole(@Nullable Entry kept) {
        Map<String, String> headers = new TreeMap<>();
        if (kept != null && !kept.etag().isEmpty()) {
            headers.put("If-None-Match", kept.etag());
        }
        if (kept != null && !kept.lastModified().isEmpty()) {
            headers.put("If-Modified-Since", kept.lastModified());
        }
        return headers;
    }

    /** For the rest of what has begun to come; of something else, for all of it. */
    static Map<String, String> rest(PartNote note, long from) {
        Map<String, String> headers = new TreeMap<>();
        headers.put("Range", "bytes=" + from + "-");
        if (isStrong(note.etag())) {
            headers.put("If-Range", note.etag());
        } else if (!note.lastModified().isEmpty()) {
            headers.put("If-Range", note.lastModified());
        }
        return headers;
    }

    /** Whether the rest can be asked for: it is known to belong to what is there. */
    static boolean canGoOn(PackageUrl url, PartNote note) {
        return url.isImmutable()
                || isStrong(note.etag())
                || !note.lastModified().isEmpty();
    }

    /** @param total the length of the whole */
    static PartNote note(PackageUrl url, Upstream.Answer answer, long total) {
        return new PartNote(
                url.toString(),
                total,
                answer.header("ETag"),
                answer.header("Last-Modified"),
                answer.header("Content-Type"),
                0);
    }

    private static boolean isStrong(String etag) {
        return !etag.isEmpty() && !etag.startsWith("W/");
    }
}
