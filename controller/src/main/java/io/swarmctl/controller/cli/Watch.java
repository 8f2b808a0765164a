package io.swarmctl.controller.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/** Prints again and again, until somebody ends it. */
final class Watch {
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final String CLEAR = "\u001b[H\u001b[2J";

    @Option(names = "--watch", description = "Print it again every two seconds, until Ctrl-C.")
    boolean on;

    /** Prints an answer. */
    @FunctionalInterface
    interface Look {
        void print(String json) throws CliException;
    }

    void run(Surroundings surroundings, Patience.Question<String> question, Look look)
            throws CliException, InterruptedException {
        look.print(question.ask());
        Patience patience = new Patience(surroundings);
        while (on && !surroundings.out().checkError()) {
            surroundings.pause().pass(EVERY);
            String json = patience.ask(question);
            if (surroundings.toTerminal()) {
                surroundings.out().print(CLEAR);
            }
            look.print(json);
        }
    }
}
