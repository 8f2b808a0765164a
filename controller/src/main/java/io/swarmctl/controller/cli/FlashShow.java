package io.swarmctl.controller.cli;

import io.swarmctl.controller.image.flash.CardStanding;
import io.swarmctl.controller.image.flash.DiskTools;
import io.swarmctl.controller.image.flash.FlashReport;
import io.swarmctl.controller.image.flash.FlashRun;
import io.swarmctl.controller.image.flash.Phase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Flashes while somebody watches, and says at the end, or at Ctrl-C, what has become of each card. */
final class FlashShow {
    private static final Duration BETWEEN = Duration.ofMillis(200);

    /** How long Ctrl-C waits for the pieces that are on their way. */
    private static final Duration FAREWELL = Duration.ofMillis(1500);

    private static final int INTERRUPTED = 130;

    private final Surroundings surroundings;
    private final Output output;
    private final String image;
    private final long size;

    /** Whether this thread or the one that ends the process tells the end; both get there when they meet. */
    private final AtomicBoolean taken = new AtomicBoolean();

    private final CountDownLatch told = new CountDownLatch(1);

    FlashShow(Surroundings surroundings, Output output, String image, long size) {
        this.surroundings = surroundings;
        this.output = output;
        this.image = image;
        this.size = size;
    }

    /** Returns the exit code. */
    int run(FlashRun run) throws CliException, InterruptedException {
        Thread farewell = new Thread(() -> interrupted(run), "flash-farewell");
        Runtime.getRuntime().addShutdownHook(farewell);
        try {
            return watch(run);
        } finally {
            told.countDown();
            forget(farewell);
        }
    }

    private int watch(FlashRun run) throws CliException, InterruptedException {
        FlashBars bars = new FlashBars(surroundings);
        run.start();
        while (!run.await(BETWEEN)) {
            bars.show(run.standings());
        }
        if (!taken.compareAndSet(false, true)) {
            // The process is ending, and that thread has the word.
            return INTERRUPTED;
        }
        List<CardStanding> cards = run.standings();
        bars.end(cards);
        DiskTools.reread(cards.stream()
                .filter(card -> card.phase() == Phase.GOOD)
                .map(CardStanding::target)
                .toList());
        tell(cards);
        return cards.stream().allMatch(card -> card.phase() == Phase.GOOD) ? ExitCode.OK : ExitCode.FAILED;
    }

    private static void forget(Thread farewell) {
        try {
            Runtime.getRuntime().removeShutdownHook(farewell);
        } catch (IllegalStateException e) {
            // The process is ending already: it waits for that thread.
            return;
        }
    }

    private void interrupted(FlashRun run) {
        try {
            if (!taken.compareAndSet(false, true)) {
                told.await(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
                return;
            }
            run.stop();
            run.await(FAREWELL);
            surroundings.err().println();
            tell(run.standings().stream().map(CardStanding::ifStopped).toList());
        } catch (InterruptedException | CliException e) {
            surroundings.err().println("interrupted: " + e.getMessage());
        }
    }

    private void tell(List<CardStanding> cards) throws CliException {
        FlashReport report = FlashReport.of(image, size, cards);
        output.print(surroundings, Api.write(report, FlashReport.class), json -> FlashWords.of(report, surroundings));
        for (FlashReport.Line card : report.cards()) {
            String remedy = FlashWords.remedy(card);
            if (!remedy.isEmpty()) {
                surroundings.err().println("error: " + card.device() + " " + FlashWords.problem(card));
                surroundings.err().println("  " + remedy);
            }
        }
        surroundings.err().flush();
    }
}
