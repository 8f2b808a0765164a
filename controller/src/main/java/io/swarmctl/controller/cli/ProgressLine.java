package io.swarmctl.controller.cli;

import io.swarmctl.controller.image.Progress;
import java.util.Locale;

/** Shows how far a work is that takes longer than two seconds: to a person on one line, else in quarters. */
final class ProgressLine implements Progress {
    private static final long PATIENCE_NANOS = 2_000_000_000L;
    private static final long BETWEEN_NANOS = 200_000_000L;
    private static final int QUARTER = 25;
    private static final int WHOLE = 100;

    private final Surroundings surroundings;
    private final boolean redrawn;
    private final long begun = System.nanoTime();
    private long shownAt = begun + PATIENCE_NANOS - BETWEEN_NANOS;
    private String shown = "";

    ProgressLine(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.redrawn = surroundings.person() != null && surroundings.toTerminal();
    }

    @Override
    public void at(String doing, long done, long total) {
        long now = System.nanoTime();
        if (now - shownAt < BETWEEN_NANOS) {
            return;
        }
        int percent = (int) Math.min(WHOLE, done * WHOLE / total);
        int shownPercent = redrawn ? percent : percent / QUARTER * QUARTER;
        String line = String.format(Locale.ROOT, "%s %d %%", doing, shownPercent);
        if (!line.equals(shown)) {
            surroundings.err().print(redrawn ? "\r" + line + "    " : line + "\n");
            surroundings.err().flush();
            shown = line;
            shownAt = now;
        }
    }

    /** Nothing more will come. */
    void end() {
        if (redrawn && !shown.isEmpty()) {
            surroundings.err().println();
        }
    }
}
