package io.swarmctl.controller.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/** Prints again and again, until somebody ends it. */
final class Watch {
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final String CLEAR = "\u001b[H\u001b[2J";

    @Option(names = "--watch", description = "Print it again every two seconds, until Ctrl-C.")
    boolean on;

    /** Asks and prints once. */
    @FunctionalInterface
    interface Look {
        void print() throws CliException;
    }

    void run(Surroundings surroundings, Look look) throws CliException, InterruptedException {
        look.print();
        while (on) {
            surroundings.pause().pass(EVERY);
            if (surroundings.toTerminal()) {
                surroundings.out().print(CLEAR);
            }
            look.print();
        }
    }
}
