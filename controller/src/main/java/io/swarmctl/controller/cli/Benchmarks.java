package io.swarmctl.controller.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What benchmarks found, as people read it. */
final class Benchmarks {
    private static final double MANY = 100;
    private static final double SOME = 10;

    private Benchmarks() {}

    /** With three digits or so that mean something. */
    static String number(@Nullable Double value) {
        if (value == null) {
            return "-";
        }
        if (value >= MANY) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, value >= SOME ? "%.1f" : "%.2f", value);
    }

    static String condition(boolean throttled) {
        return throttled ? "throttled" : "steady";
    }
}
