package io.swarmctl.controller.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Numbers and names as people say them. */
final class Words {
    private static final Pattern PI =
            Pattern.compile("Raspberry Pi (Zero 2 W|Zero W|Zero|(?:Compute Module )?\\d+)( Model ([AB]))?( Plus)?.*");
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Words() {}

    /** A time span in its largest unit: {@code 3 s}, {@code 5 min}, {@code 2 h}, {@code 4 d}. */
    static String span(long seconds) {
        long s = Math.max(0, seconds);
        if (s < 2 * MINUTE) {
            return s + " s";
        }
        if (s < 2 * HOUR) {
            return s / MINUTE + " min";
        }
        return s < 2 * DAY ? s / HOUR + " h" : s / DAY + " d";
    }

    static String ago(@Nullable Long seconds) {
        return seconds == null ? "never" : span(seconds) + " ago";
    }

    /** How long something took: {@code 0.4 s}, {@code 31 s}, {@code 2 min 05 s}. */
    static String took(double seconds) {
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        return whole < 2 * MINUTE
                ? whole + " s"
                : String.format(Locale.ROOT, "%d min %02d s", whole / MINUTE, whole % MINUTE);
    }

    static String count(long number, String one) {
        return number + " " + (number == 1 ? one : one + "s");
    }

    /** A board's model without what they all have: {@code 3B+}. */
    static String model(String model) {
        Matcher pi = PI.matcher(model);
        if (!pi.matches()) {
            return model;
        }
        return pi.group(1) + (pi.group(3) == null ? "" : pi.group(3)) + (pi.group(4) == null ? "" : "+");
    }

    /** As people type them: {@code disk=ssd,rack=a}. */
    static String labels(Map<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
    }

    static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / (double) (1L << 30));
    }

    static String dash(@Nullable String text) {
        return text == null || text.isEmpty() ? "-" : text;
    }

    static String lines(List<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}
