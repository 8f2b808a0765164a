package io.swarmctl.controller.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Makes Ctrl-C and SIGTERM interrupt the thread that began this, and the process wait until it has tidied up: it ends
 * when its shutdown hooks have.
 */
final class Interruption {
    private static final Duration TIDY_WITHIN = Duration.ofSeconds(60);

    private final CountDownLatch tidy = new CountDownLatch(1);
    private final Thread hook;

    private Interruption(Thread worker) {
        this.hook = new Thread(() -> end(worker), "interruption");
    }

    static Interruption begin() {
        Interruption interruption = new Interruption(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    private void end(Thread worker) {
        worker.interrupt();
        try {
            boolean unused = tidy.await(TIDY_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** It is tidy. */
    void close() {
        tidy.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It runs, and has been told just now.
        }
    }
}
