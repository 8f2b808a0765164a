package io.swarmctl.controller.image.flash;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Flashes cards, each on a thread of its own that reads the image by itself: a slow card, or one that fails, holds
 * nobody up. The image comes from the page cache when several read it.
 */
public final class FlashRun {
    /** More make no card faster. */
    private static final int LARGEST_PIECE = 4 << 20;

    private static final int SMALLEST_PIECE = 256 * 1024;

    /** For all cards together, beside an unpacker's window and the JVM itself in less than 200 MB. */
    private static final int MOST_MEMORY = 32 << 20;

    /** The kernel itself gives up earlier on most readers, and says so. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final FlashImage image;
    private final boolean comparing;
    private final Before before;
    private final CountDownLatch open;
    private final List<Job> jobs = new ArrayList<>();

    /** Looks at a device once more, just before it is written to. */
    @FunctionalInterface
    public interface Before {
        Optional<Refusal> refuse(Target target);
    }

    private record Job(Target target, CardProgress progress, ByteBuffer piece) {}

    /** @param comparing whether to read the cards back */
    public FlashRun(FlashImage image, List<Target> targets, boolean comparing, Before before) {
        this.image = image;
        this.comparing = comparing;
        this.before = before;
        this.open = new CountDownLatch(targets.size());
        int size = pieceSize(targets.size());
        for (Target target : targets) {
            jobs.add(new Job(
                    target,
                    new CardProgress(target, image.size(), System::nanoTime, open::countDown),
                    Card.piece(size)));
        }
    }

    static int pieceSize(int cards) {
        int share = Integer.highestOneBit(Math.max(1, MOST_MEMORY / cards));
        return Math.max(SMALLEST_PIECE, Math.min(LARGEST_PIECE, share));
    }

    /** Begins with all cards. The threads end by themselves; one that hangs in the kernel does not keep the process. */
    public void start() {
        for (Job job : jobs) {
            Thread thread =
                    new Thread(() -> flash(job), "flash-" + job.target().disk().name());
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void flash(Job job) {
        CardProgress progress = job.progress();
        try {
            Optional<Refusal> refusal = before.refuse(job.target());
            if (refusal.isPresent()) {
                progress.failed(refusal.get().problem());
                return;
            }
            flash(job.target(), job.piece(), progress);
            progress.good();
        } catch (InterruptedIOException e) {
            progress.stopped();
        } catch (IOException | RuntimeException e) {
            progress.failed(why(e));
        } finally {
            progress.failed("something unexpected ended it");
        }
    }

    private void flash(Target target, ByteBuffer piece, CardProgress progress) throws IOException {
        try (Card card = Card.open(target.path(), piece, progress)) {
            progress.begin(Phase.WRITING);
            card.write(image.content(), image.size());
            if (comparing) {
                progress.begin(Phase.COMPARING);
                card.compare(image.content(), image.size());
            }
        }
    }

    private static String why(Exception e) {
        String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        return reason == null || reason.isEmpty() ? e.toString() : reason;
    }

    /** Whether all cards have come to an end; waits for that, but not longer than given. */
    public boolean await(Duration most) throws InterruptedException {
        boolean ended = open.await(most.toNanos(), TimeUnit.NANOSECONDS);
        jobs.forEach(job -> job.progress().giveUpAfter(PATIENCE));
        return ended;
    }

    /** Has all cards left as they are, after the piece that is on its way. */
    public void stop() {
        jobs.forEach(job -> job.progress().stop());
    }

    public List<CardStanding> standings() {
        return jobs.stream().map(job -> job.progress().standing()).toList();
    }
}
