package io.swarmctl.controller.cli;

import java.time.Duration;
import java.util.Locale;

/** One line about how far something is: written anew in its place on a terminal, else a new line for whatever is new. */
final class LiveLine {
    private static final String START_OF_CLEAN_LINE = "\r\u001b[K";

    private final Surroundings surroundings;
    private final boolean redrawn;
    private String told = "";

    LiveLine(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.redrawn = surroundings.person() != null && surroundings.toTerminal();
    }

    /**
     * @param progress how far it is, in a few words
     * @param detail who is busy with what; may be empty
     */
    void show(Duration since, String progress, String detail) {
        String now = progress + (detail.isEmpty() ? "" : ": " + detail);
        if (now.equals(told) && !redrawn) {
            return;
        }
        told = now;
        String line = String.format(Locale.ROOT, "%4d s  %s", since.toSeconds(), now);
        if (redrawn) {
            int room = surroundings.width() - 1;
            surroundings.err().print(START_OF_CLEAN_LINE + (line.length() > room ? line.substring(0, room) : line));
        } else {
            surroundings.err().println(line);
        }
        surroundings.err().flush();
    }

    /** Nothing more will come. */
    void end() {
        if (redrawn) {
            surroundings.err().println();
            surroundings.err().flush();
        }
    }
}
