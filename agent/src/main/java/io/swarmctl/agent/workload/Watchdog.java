package io.swarmctl.agent.workload;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;

/**
 * Says every second that this process is at work, and ends it when the one that started it is gone, or time is over: no
 * node is to be measured for ever because its agent was killed.
 */
final class Watchdog implements Runnable {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(75);
    private static final int KILLED = 137;

    private final PrintStream out;
    private final Optional<ProcessHandle> parent = ProcessHandle.current().parent();
    private final long deadline = System.nanoTime() + LONGEST.toNanos();

    private Watchdog(PrintStream out) {
        this.out = out;
    }

    static void begin(PrintStream out) {
        Thread thread = new Thread(new Watchdog(out), "watchdog");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try {
            while (System.nanoTime() < deadline
                    && ProcessHandle.current().parent().equals(parent)) {
                out.println(Workload.AT_WORK);
                Thread.sleep(EVERY.toMillis());
            }
            Runtime.getRuntime().halt(KILLED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
