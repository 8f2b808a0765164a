package io.swarmctl.controller.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at something again and again, on a thread of its own, until it is closed. */
final class Watching implements AutoCloseable {
    private final ScheduledExecutorService thread;
    private final Future<?> looks;

    /** One look. When it fails, there is another. */
    interface Look {
        void look() throws IOException, InterruptedException;
    }

    Watching(String name, Duration pause, Look look) {
        thread = Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, name));
        looks = thread.scheduleWithFixedDelay(() -> attempt(look), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void attempt(Look look) {
        try {
            look.look();
        } catch (IOException e) {
            // What is watched may be away.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        looks.cancel(true);
        thread.shutdownNow();
        try {
            thread.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
