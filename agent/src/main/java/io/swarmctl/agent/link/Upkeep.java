package io.swarmctl.agent.link;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a node does at the controller's door once it is enrolled, on a thread of its own: asking may take long. */
public final class Upkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(Upkeep::daemon);

    /** @param firstTimeCheck how long from now; later ones are set when the one before has ended */
    public void start(Renewal renewal, TimeCheck time, Duration firstTimeCheck) {
        long every = Renewal.EVERY.toMillis();
        Future<?> unused = thread.scheduleWithFixedDelay(safely(renewal::look), every, every, TimeUnit.MILLISECONDS);
        checkTime(time, firstTimeCheck);
    }

    /** A question at the door cannot be interrupted, and is not waited for. */
    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "door");
        thread.setDaemon(true);
        return thread;
    }

    private void checkTime(TimeCheck time, Duration in) {
        try {
            Future<?> unused =
                    thread.schedule(safely(() -> checkTime(time, time.look())), in.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the agent is stopping");
        }
    }

    /** The executor would never call again after an exception. */
    private static Runnable safely(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.error("at the controller's door", e);
            }
        };
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
