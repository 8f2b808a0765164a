package io.swarmctl.controller.cache;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file.
 *
 * @param from its first byte
 * @param to the byte after its last one
 */
public record ByteRange(long from, long to) {
    private static final Pattern FORM = Pattern.compile("bytes=([0-9]{0,15})-([0-9]{0,15})");
    private static final Pattern CONTENT = Pattern.compile("bytes ([0-9]{1,15})-([0-9]{1,15})/([0-9]{1,15})");

    /** What is asked of a file of that length; empty when it is not one part that the file has. */
    public static Optional<ByteRange> in(String header, long length) {
        Matcher form = FORM.matcher(header.strip());
        if (!form.matches() || (form.group(1).isEmpty() && form.group(2).isEmpty())) {
            return Optional.empty();
        }
        if (form.group(1).isEmpty()) {
            long last = Long.parseLong(form.group(2));
            return last == 0 || length == 0
                    ? Optional.empty()
                    : Optional.of(new ByteRange(Math.max(0, length - last), length));
        }
        long from = Long.parseLong(form.group(1));
        long to = form.group(2).isEmpty() ? length : Math.min(length, Long.parseLong(form.group(2)) + 1);
        return from >= length || to <= from ? Optional.empty() : Optional.of(new ByteRange(from, to));
    }

    /** Whether the header has the form of one part at all; what has not is as if it were not there. */
    public static boolean isOne(String header) {
        return FORM.matcher(header.strip()).matches();
    }

    /** How long the whole file is, of which an answer gives what begins at that byte; empty when it gives another part. */
    static Optional<Long> wholeOf(String contentRange, long from) {
        Matcher form = CONTENT.matcher(contentRange.strip());
        if (!form.matches() || Long.parseLong(form.group(1)) != from) {
            return Optional.empty();
        }
        long whole = Long.parseLong(form.group(3));
        return Long.parseLong(form.group(2)) == whole - 1 ? Optional.of(whole) : Optional.empty();
    }

    public long length() {
        return to - from;
    }
}
