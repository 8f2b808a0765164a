package io.swarmctl.controller.gateway;

import io.swarmctl.common.wire.Services;
import io.swarmctl.controller.cache.ByteRange;
import io.swarmctl.controller.cache.Entry;
import java.util.Optional;

/**
 * What a request for a file is answered with.
 *
 * @param head the answer's, with the empty line at its end
 * @param part of the file that follows; empty for none
 */
record PackageReply(String head, ByteRange part) {
    private static final ByteRange NOTHING = new ByteRange(0, 0);
    private static final int LONGEST_REASON = 200;

    static PackageReply of(PackageRequest request, Entry file) {
        if (isUnchanged(request, file)) {
            return new PackageReply(head("304 Not Modified", about(file)), NOTHING);
        }
        String asked = request.header("range");
        if (asked.isEmpty() || !ByteRange.isOne(asked) || !isOfThis(request.header("if-range"), file)) {
            ByteRange all = new ByteRange(0, file.length());
            return new PackageReply(
                    head("200 OK", about(file) + length(file.length())), request.whole() ? all : NOTHING);
        }
        Optional<ByteRange> part = ByteRange.in(asked, file.length());
        if (part.isEmpty()) {
            String none = "Content-Range: bytes */" + file.length() + "\r\n" + length(0);
            return new PackageReply(head("416 Range Not Satisfiable", none), NOTHING);
        }
        ByteRange range = part.get();
        String which = "Content-Range: bytes " + range.from() + "-" + (range.to() - 1) + "/" + file.length() + "\r\n";
        return new PackageReply(
                head("206 Partial Content", about(file) + which + length(range.length())),
                request.whole() ? range : NOTHING);
    }

    /** A short text of the cache's own. */
    static String text(String content, boolean whole) {
        return head("200 OK", "Content-Type: text/plain\r\n" + length(content.length())) + (whole ? content : "");
    }

    /** Goes ahead of the answer to who waits for its turn, behind that many nodes. */
    static String waiting(int nodes) {
        return head("102 Processing", header(Services.AHEAD, String.valueOf(nodes)));
    }

    /** @param reason is shown by apt, after the status */
    static String failure(int status, String reason) {
        String line = reason.replaceAll("[^ -~]", "?");
        String shown = line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) : line;
        return head(status + " " + shown, length(0));
    }

    private static boolean isUnchanged(PackageRequest request, Entry file) {
        String etag = request.header("if-none-match");
        if (!etag.isEmpty()) {
            return etag.equals(file.etag());
        }
        String date = request.header("if-modified-since");
        return !date.isEmpty() && date.equals(file.lastModified());
    }

    /** apt goes on with a part by its date, which says nothing where the archive tells none. */
    private static boolean isOfThis(String validator, Entry file) {
        return validator.isEmpty() || validator.equals(file.etag()) || validator.equals(file.lastModified());
    }

    private static String about(Entry file) {
        return "Accept-Ranges: bytes\r\n"
                + header("Content-Type", file.type())
                + header("ETag", file.etag())
                + header("Last-Modified", file.lastModified());
    }

    private static String header(String name, String value) {
        return value.isEmpty() ? "" : name + ": " + value + "\r\n";
    }

    private static String length(long bytes) {
        return "Content-Length: " + bytes + "\r\n";
    }

    private static String head(String status, String headers) {
        return "HTTP/1.1 " + status + "\r\n" + headers + "\r\n";
    }
}
