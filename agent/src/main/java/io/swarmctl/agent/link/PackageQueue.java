package io.swarmctl.agent.link;

import io.swarmctl.agent.machine.Output;
import io.swarmctl.agent.machine.PackageRoute.Unusable;
import io.swarmctl.agent.retry.Backoff;
import java.io.IOException;
import java.time.Duration;

/**
 * One wait for the node's turn to fetch packages: tells how it goes, and knows when to give it up. Whoever has stood in line
 * asks again when the controller is gone: it was there a moment ago, and all who stood there would else fetch from the
 * internet at once. Used by one thread.
 */
final class PackageQueue {
    private static final Duration LONGEST = Duration.ofHours(2);

    /** In a row; they outlast a restart of the controller. */
    private static final int TRIES = 3;

    /** A thousand nodes may tell theirs at the same time. */
    private static final long TOLD_EVERY_NANOS = Duration.ofSeconds(30).toNanos();

    private final Output output;
    private final Backoff pauses;
    private final long begunAt = System.nanoTime();
    private boolean stood;
    private int triesLeft = TRIES;
    private String told = "";
    private long toldAt;

    /** @param stood whether this node had its turn when the controller went away */
    PackageQueue(Output output, Backoff pauses, boolean stood) {
        this.output = output;
        this.pauses = pauses;
        this.stood = stood;
    }

    /**
     * The controller says that the turn is to come.
     *
     * @param ahead how many nodes wait before this one; negative when it does not say
     * @throws Unusable when that was said for too long
     */
    void stand(int ahead) throws Unusable {
        if (System.nanoTime() - begunAt > LONGEST.toNanos()) {
            throw new Unusable(
                    "this node's turn to fetch from the controller did not come within " + LONGEST.toHours() + " h",
                    true);
        }
        stood = true;
        triesLeft = TRIES;
        pauses.reset();
        tell("waiting for this node's turn to fetch packages from the controller" + inWords(ahead));
    }

    /** The line is full: the controller is there, and may have room in a while. */
    void sendAway() {
        stood = true;
    }

    /**
     * Rests until the controller is to be asked again.
     *
     * @throws Unusable when it is not
     */
    void rest(IOException why) throws Unusable, InterruptedException {
        if (!stood || triesLeft == 0) {
            throw new Unusable("the controller's package cache cannot be reached: " + why.getMessage(), true);
        }
        triesLeft--;
        tell("waiting for the controller's package cache to be there again: " + why.getMessage());
        Thread.sleep(pauses.next().toMillis());
    }

    private void tell(String line) {
        long now = System.nanoTime();
        if (!line.equals(told) && (told.isEmpty() || now - toldAt >= TOLD_EVERY_NANOS)) {
            told = line;
            toldAt = now;
            output.line(line);
        }
    }

    private static String inWords(int ahead) {
        if (ahead < 0) {
            return "";
        }
        return switch (ahead) {
            case 0 -> ": it is next";
            case 1 -> ": 1 node is ahead";
            default -> ": " + ahead + " nodes are ahead";
        };
    }
}
