package io.swarmctl.agent.card;

import io.swarmctl.agent.card.Story.Board;
import io.swarmctl.agent.card.Story.When;
import io.swarmctl.agent.link.Attempt;
import io.swarmctl.agent.link.Contact;
import io.swarmctl.agent.link.ControllerAddress;
import io.swarmctl.agent.machine.BootPartition;
import io.swarmctl.agent.machine.MachineException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file on the card that says why its board does not reach a controller, for somebody who has nothing but the card.
 *
 * <p>Told by the threads that enrol, renew and tunnel, one at a time; each of them can wait for a card to write.
 */
public final class StatusFile implements Contact {
    private static final Logger LOG = LoggerFactory.getLogger(StatusFile.class);
    private static final int LONGEST = 64 * 1024;

    private final BootPartition card;
    private final Board board;
    private final Correction looksFor;
    private final Surroundings surroundings;
    private final String complaint;
    private long aloneSince;
    private boolean isAlone = true;
    private @Nullable Told told;

    /** @param at in nanoseconds of a clock that never jumps */
    private record Told(Story story, long at) {}

    /**
     * What is looked up whenever there is something to tell.
     *
     * @param own the board's own addresses
     * @param time empty while the board does not know it
     * @param nanos a clock that never jumps, such as {@link System#nanoTime}
     */
    public record Surroundings(Supplier<List<String>> own, Supplier<Optional<Instant>> time, LongSupplier nanos) {}

    private StatusFile(
            BootPartition card, Board board, Correction looksFor, Surroundings surroundings, String complaint) {
        this.card = card;
        this.board = board;
        this.looksFor = looksFor;
        this.surroundings = surroundings;
        this.complaint = complaint;
        this.aloneSince = surroundings.nanos.getAsLong();
    }

    /** Begins; a correction that was not taken is told at once, for somebody waits to hear of it. */
    public static StatusFile begin(
            BootPartition card, String serial, String model, Correction looksFor, Surroundings surroundings) {
        Optional<String> problem = new CorrectionFile(card).complaint(looksFor);
        String complaint = problem.map(words -> CardFiles.CORRECTION + " is not taken: " + words + ".\n")
                .orElse("");
        StatusFile file = new StatusFile(card, new Board(serial, model), looksFor, surroundings, complaint);
        if (!complaint.isEmpty()) {
            file.write("This board has just been started, and goes by its former configuration.\n");
        }
        return file;
    }

    @Override
    public synchronized void missed(List<Attempt> attempts) {
        long now = surroundings.nanos.getAsLong();
        if (!isAlone) {
            isAlone = true;
            aloneSince = now;
            told = null;
        }
        Duration alone = Duration.ofNanos(now - aloneSince);
        Story story = new Story(board, looksFor, new HashSet<>(attempts), surroundings.own.get());
        Told last = told;
        Duration sinceTold = last == null ? null : Duration.ofNanos(now - last.at);
        boolean news = last == null || !last.story.equals(story);
        if (Sparing.isDue(alone, sinceTold, news)) {
            told = new Told(story, now);
            write(story.text(new When(surroundings.time.get().orElse(null), alone)));
        }
    }

    /** Nothing is written where nothing was ever wrong. */
    @Override
    public synchronized void reached(ControllerAddress address) {
        if (!isAlone) {
            return;
        }
        isAlone = false;
        if (!written().isEmpty()) {
            String time = surroundings
                    .time
                    .get()
                    .map(now -> " at " + now.truncatedTo(ChronoUnit.SECONDS))
                    .orElse("");
            write("This board reached its controller, " + address + "," + time + ". All is well.\n");
        }
    }

    private void write(String text) {
        String content = complaint.isEmpty() ? text : complaint + "\n" + text;
        if (content.equals(written())) {
            return;
        }
        try {
            card.write(CardFiles.STATUS, content);
        } catch (MachineException e) {
            LOG.debug("the card does not tell its story: {}", e.getMessage());
        }
    }

    private String written() {
        try {
            return card.read(CardFiles.STATUS, LONGEST)
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .orElse("");
        } catch (MachineException e) {
            return "";
        }
    }
}
