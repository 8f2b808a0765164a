package io.swarmctl.controller.cli;

import java.time.Duration;

/** Asks again when the controller does not answer, as while it is restarted. Says so once. */
final class Patience {
    private static final Duration BREAK = Duration.ofSeconds(2);

    private final Surroundings surroundings;
    private boolean complained;

    Patience(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Asks the API. */
    @FunctionalInterface
    interface Question<T> {
        T ask() throws CliException;
    }

    <T> T ask(Question<T> question) throws CliException, InterruptedException {
        while (true) {
            try {
                T answer = question.ask();
                complained = false;
                return answer;
            } catch (CliException e) {
                if (!e.retryable()) {
                    throw e;
                }
                complain(e);
                surroundings.pause().pass(BREAK);
            }
        }
    }

    private void complain(CliException e) {
        if (!complained) {
            complained = true;
            surroundings.err().println(e.getMessage() + "; trying again");
        }
    }
}
