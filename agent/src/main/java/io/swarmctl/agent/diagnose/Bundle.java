package io.swarmctl.agent.diagnose;

import io.swarmctl.agent.machine.Diagnostics.Clue;
import io.swarmctl.common.wire.Diagnosis.Part;
import java.util.ArrayList;
import java.util.List;

/** Gathers what may be told: of each thing so much, of all so much, and no secrets. Used by one thread. */
final class Bundle {
    /** In characters. The end of a text is worth more than its beginning: that is where it went wrong. */
    private static final int MOST_OF_ONE = 24_000;

    private static final int MOST_OF_ALL = 200_000;
    private static final int MOST_PARTS = 40;
    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_TROUBLE = 300;

    /** As programs are read. */
    private static final int LONGEST_LINE = 2_000;

    private static final String BEGINNING_IS_MISSING = "its beginning is left out";

    private final List<Part> parts = new ArrayList<>();
    private int size;

    void add(Clue clue) {
        if (parts.size() == MOST_PARTS) {
            return;
        }
        int room = Math.min(MOST_OF_ONE, MOST_OF_ALL - size);
        String text = end(printable(Secrets.removed(endOfLines(clue.text()))), room);
        String trouble = printable(Secrets.removed(begin(clue.trouble(), LONGEST_TROUBLE)));
        if (clue.text().length() > room) {
            trouble = trouble.isEmpty() ? BEGINNING_IS_MISSING : trouble + "; " + BEGINNING_IS_MISSING;
        }
        size += text.length();
        parts.add(new Part(begin(clue.name(), LONGEST_NAME), text, trouble));
    }

    List<Part> parts() {
        return List.copyOf(parts);
    }

    /** As text alone: a terminal obeys whatever else is in it. */
    private static String printable(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.chars()
                .filter(character -> character == '\n' || character == '\t' || !Character.isISOControl(character))
                .forEach(character -> plain.append((char) character));
        return plain.toString();
    }

    /** Somewhat more than is kept, from the beginning of a line on: half a secret would not be known as one. */
    private static String endOfLines(String text) {
        if (text.length() <= MOST_OF_ONE + LONGEST_LINE) {
            return text;
        }
        int line = text.indexOf('\n', text.length() - MOST_OF_ONE - LONGEST_LINE);
        return line < 0 ? "" : text.substring(line + 1);
    }

    private static String end(String text, int longest) {
        return text.length() > longest ? text.substring(text.length() - longest) : text;
    }

    private static String begin(String text, int longest) {
        return text.length() > longest ? text.substring(0, longest) : text;
    }
}
