package io.swarmctl.controller.cli;

import io.swarmctl.controller.cli.SimulationRunner.Standing;
import java.time.Duration;
import java.util.Locale;

/** Shows how simulated nodes stand: to a person on one line that is redrawn, else on a new one when it has changed. */
final class SimulationLine {
    private static final Duration BETWEEN = Duration.ofSeconds(5);
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final Surroundings surroundings;
    private final boolean redrawn;
    private String shown = "";
    private Duration shownAt = BETWEEN.negated();
    private String trouble = "";

    SimulationLine(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.redrawn = surroundings.person() != null
                && surroundings.toTerminal()
                && !surroundings.variable("TERM").equals("dumb");
    }

    void show(Standing now, Duration since) {
        String words = words(now);
        if (redrawn) {
            String line = line(words, since);
            print(CLEAR_LINE + line.substring(0, Math.min(line.length(), surroundings.width() - 1)));
        } else if (!words.equals(shown) && since.minus(shownAt).compareTo(BETWEEN) >= 0) {
            shown = words;
            shownAt = since;
            print(line(words, since) + "\n");
        }
    }

    /** Tells once what a node has said that failed. */
    void complain(Standing now) {
        if (!now.trouble().isEmpty() && !now.trouble().equals(trouble)) {
            trouble = now.trouble();
            print((redrawn ? CLEAR_LINE : "") + "      " + trouble + "\n");
        }
    }

    void end(Standing last, Duration since) {
        print((redrawn ? CLEAR_LINE : "") + line(words(last), since) + "\n");
    }

    static String words(Standing now) {
        int enrolled = now.working() + now.waiting() + now.idle() + now.ready() + now.failed();
        int all = enrolled + now.off() + now.knocking();
        return enrolled + " of " + all + " enrolled"
                + more(now.knocking(), "at the door")
                + more(now.idle(), "new")
                + more(now.waiting(), "waiting")
                + more(now.working(), "working")
                + ", " + now.ready() + " ready"
                + more(now.failed(), "failed");
    }

    private static String more(int many, String what) {
        return many == 0 ? "" : ", " + many + " " + what;
    }

    private static String line(String words, Duration since) {
        return String.format(Locale.ROOT, "%4ds  %s", since.toSeconds(), words);
    }

    private void print(String text) {
        surroundings.err().print(text);
        surroundings.err().flush();
    }
}
