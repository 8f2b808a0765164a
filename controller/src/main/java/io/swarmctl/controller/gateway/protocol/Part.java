package io.swarmctl.controller.gateway.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;

/**
 * One frame of a message as a rule wants it.
 *
 * @param what it is, in words
 * @param flags exactly these, but for the one that says that it is the last
 * @param shortest content, in bytes
 * @param longest content, in bytes
 * @param content whether it is as it should be; is given only what has that length
 */
record Part(String what, int flags, int shortest, int longest, Predicate<ByteBuffer> content) {
    /** A whole message; begin or end alone would be one of several fragments. */
    static final int WHOLE = 0xc000;

    /** Set on the last frame of every message. */
    static final int FINAL = 0x2000;

    private static final int BEGIN = 0x1000;
    private static final int END = 0x0800;
    private static final int NULL = 0x0400;

    /** Before a string in a map: no hash of its own, the type, and how many bytes follow. All big endian. */
    static final int STRING_HEADER = 12;

    private static final int STRING_TYPE = -11;
    private static final String BASE64_AND_DOTS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
    private static final boolean[] IN_SIGNED_TEXT = new boolean[128];

    static {
        BASE64_AND_DOTS.chars().forEach(character -> IN_SIGNED_TEXT[character] = true);
    }

    static Part head(String what, int length, Predicate<ByteBuffer> content) {
        return new Part(what, WHOLE, length, length, content);
    }

    static Part exactly(String what, String text) {
        return exactly(what, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    static Part oneOf(String what, List<String> texts) {
        List<ByteBuffer> all = texts.stream()
                .map(text -> ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)))
                .toList();
        int shortest = all.stream().mapToInt(ByteBuffer::remaining).min().orElseThrow();
        int longest = all.stream().mapToInt(ByteBuffer::remaining).max().orElseThrow();
        return new Part(what, 0, shortest, longest, all::contains);
    }

    /** A text that people could read, and that a log can hold. */
    static Part words(String what, int longest) {
        return new Part(what, 0, 1, longest, content -> {
            for (int at = 0; at < content.limit(); at++) {
                if (content.get(at) < ' ' || content.get(at) > '~') {
                    return false;
                }
            }
            return true;
        });
    }

    /** A string as it stands in a map, key or value. */
    static Part entry(String what, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer entry = ByteBuffer.allocate(STRING_HEADER + bytes.length);
        entry.putInt(0).putInt(STRING_TYPE).putInt(bytes.length).put(bytes).flip();
        return exactly(what, entry);
    }

    /** A map's value that is a string of that length at most, and could be a compact JWS. */
    static Part signedText(int longest) {
        return new Part(
                "a signed text of up to " + longest + " bytes",
                0,
                STRING_HEADER + 1,
                STRING_HEADER + longest,
                content -> {
                    int length = content.limit() - STRING_HEADER;
                    if (content.getInt(0) != 0 || content.getInt(4) != STRING_TYPE || content.getInt(8) != length) {
                        return false;
                    }
                    for (int at = STRING_HEADER; at < content.limit(); at++) {
                        int character = content.get(at);
                        if (character < 0 || !IN_SIGNED_TEXT[character]) {
                            return false;
                        }
                    }
                    return true;
                });
    }

    static Part nothing(String what) {
        return new Part(what, NULL, 0, 0, content -> true);
    }

    static Part begin(String what) {
        return new Part(what, BEGIN, 0, 0, content -> true);
    }

    static Part end(String what) {
        return new Part(what, END, 0, 0, content -> true);
    }

    private static Part exactly(String what, ByteBuffer expected) {
        return new Part(what, 0, expected.limit(), expected.limit(), expected::equals);
    }

    boolean fits(int itsFlags, int length) {
        return (itsFlags & ~FINAL) == flags && length >= shortest && length <= longest;
    }
}
