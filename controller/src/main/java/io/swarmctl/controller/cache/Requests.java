package io.swarmctl.controller.cache;

import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is said to an archive with a request, and what its answer says of the content. */
final class Requests {
    private static final byte[] PACKAGE_BEGINS = "!<arch>\n".getBytes(StandardCharsets.US_ASCII);

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

    /** How long the whole is that an answer gives. */
    static long length(Upstream.Answer answer) throws CacheException {
        try {
            return Long.parseLong(answer.header("Content-Length"));
        } catch (NumberFormatException e) {
            throw new CacheException(HttpURLConnection.HTTP_BAD_GATEWAY, "the archive does not tell how long it is");
        }
    }

    /** No archive has pages for people where packages are looked for; networks with a login have. */
    static void refusePages(PackageUrl url, Upstream.Answer answer) throws CacheException {
        if (answer.header("Content-Type").startsWith("text/html")) {
            throw new CacheException(
                    HttpURLConnection.HTTP_BAD_GATEWAY,
                    "instead of " + url.host() + " something answers with a page of its own");
        }
    }

    /** Whether both are about the same content. */
    static boolean isOfSame(PackageUrl url, PartNote one, PartNote other) {
        return url.isImmutable() ? one.total() == other.total() : one.isOf(other);
    }

    static boolean beginsAsPackage(byte[] bytes, int many) {
        int known = Math.min(many, PACKAGE_BEGINS.length);
        return Arrays.equals(bytes, 0, known, PACKAGE_BEGINS, 0, known);
    }

    private static boolean isStrong(String etag) {
        return !etag.isEmpty() && !etag.startsWith("W/");
    }
}
