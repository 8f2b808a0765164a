package io.swarmctl.controller.image.flash;

import java.util.Locale;

/** A number of bytes, in words as it is printed on cards: thousands, not 1,024s. */
public record ByteCount(long bytes) {
    private static final long MEGA = 1_000_000;
    private static final long GIGA = 1_000_000_000;

    @Override
    public String toString() {
        return bytes < GIGA
                ? String.format(Locale.ROOT, "%.1f MB", bytes / (double) MEGA)
                : String.format(Locale.ROOT, "%.1f GB", bytes / (double) GIGA);
    }
}
