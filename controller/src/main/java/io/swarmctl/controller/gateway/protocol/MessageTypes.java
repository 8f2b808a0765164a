package io.swarmctl.controller.gateway.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What Hazelcast calls its messages, for people who read what was refused. */
final class MessageTypes {
    private static final Map<Integer, String> NAMES = read();

    private MessageTypes() {}

    /** For instance {@code Map.Clear (0x012d00)}; for -1, that it is none. */
    static String words(int type) {
        if (type == -1) {
            return "no message";
        }
        return String.format(Locale.ROOT, "%s (0x%06x)", NAMES.getOrDefault(type, "an unknown message"), type);
    }

    static boolean isKnown(int type) {
        return NAMES.containsKey(type);
    }

    static Map<Integer, String> names() {
        return NAMES;
    }

    private static Map<Integer, String> read() {
        try (InputStream file =
                Objects.requireNonNull(MessageTypes.class.getResourceAsStream("message-types.txt"), "message types")) {
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(line -> line.split(" "))
                    .collect(Collectors.toUnmodifiableMap(word -> Integer.parseInt(word[0], 16), word -> word[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
