package io.swarmctl.controller.server;

import java.io.PrintStream;
import java.util.function.IntConsumer;

/**
 * Ends the process when a thread ends with an {@link Error}, such as no memory or no stack left: a controller that goes
 * on without one of its threads looks alive and is not. What is stored is safe, and the service manager starts it again.
 */
final class LastWords implements Thread.UncaughtExceptionHandler {
    private static final int FAILED = 1;

    private final PrintStream err;
    private final IntConsumer halt;

    /** @param halt ends the process at once: after an error nothing else of it can be relied upon */
    LastWords(PrintStream err, IntConsumer halt) {
        this.err = err;
        this.halt = halt;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        try {
            err.println("thread " + thread.getName() + " ended: " + thrown);
            thrown.printStackTrace(err);
            if (thrown instanceof Error) {
                err.println("error: the controller is broken and ends; start it again (its service does so by itself)");
            }
            err.flush();
        } finally {
            if (thrown instanceof Error) {
                halt.accept(FAILED);
            }
        }
    }
}
