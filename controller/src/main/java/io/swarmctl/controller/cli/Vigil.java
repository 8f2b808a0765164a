package io.swarmctl.controller.cli;

import java.time.Duration;
import java.util.List;

/** Looks every second how far something is, and shows it, until it is over or took too long. */
final class Vigil {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private Vigil() {}

    /**
     * What there is to see at a moment.
     *
     * @param left who is not there yet
     * @param progress how far it is, in a few words
     * @param detail who is busy with what; may be empty
     */
    record Sight<T>(List<T> left, String progress, String detail) {
        Sight {
            left = List.copyOf(left);
        }
    }

    /** What was seen last: nobody is left, unless the time was over first. */
    static <T> Sight<T> keep(Surroundings surroundings, Duration timeout, Patience.Question<Sight<T>> look)
            throws CliException, InterruptedException {
        Patience patience = new Patience(surroundings);
        LiveLine line = new LiveLine(surroundings);
        Duration waited = Duration.ZERO;
        while (true) {
            Sight<T> sight = patience.ask(look);
            line.show(waited, sight.progress(), sight.detail());
            if (sight.left().isEmpty() || waited.compareTo(timeout) >= 0) {
                line.end();
                return sight;
            }
            surroundings.pause().pass(EVERY);
            waited = waited.plus(EVERY);
        }
    }
}
