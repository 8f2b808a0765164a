package io.swarmctl.agent.card;

import io.swarmctl.agent.link.Attempt;
import io.swarmctl.agent.link.ControllerAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why a board does not work with a controller.
 *
 * @param looksFor where it looks
 * @param own the board's own addresses
 */
record Story(Board board, Correction looksFor, Set<Attempt> attempts, List<String> own) {
    /** Which board it is that speaks. */
    record Board(String serial, String model) {}

    /**
     * When it is told.
     *
     * @param now null while the board does not know the time
     * @param alone for how long it has been as it is
     */
    record When(@Nullable Instant now, Duration alone) {}

    Story {
        attempts = Set.copyOf(attempts);
        own = List.copyOf(own);
    }

    /** For a person who reads the card in another computer. */
    String text(When when) {
        return head() + "\n" + when(when) + "\n\nboard    " + board.serial + " (" + board.model + ")\naddress  "
                + (own.isEmpty() ? "none: no cable, no wifi, or nobody gives it an address" : String.join(", ", own))
                + "\n\nIt tried:\n" + tried() + "\nWhat to do:\n" + remedies();
    }

    private boolean answered() {
        return attempts.stream().anyMatch(Attempt::answered);
    }

    private String head() {
        return answered()
                ? "This board has found its controller, which does not let it in yet."
                : "This board does not reach its controller.";
    }

    private static String when(When when) {
        String since = "for " + words(when.alone);
        return when.now == null
                ? "So it is " + since + " (this board does not know the time)."
                : "So it is " + since + ", at " + when.now.truncatedTo(ChronoUnit.SECONDS) + ".";
    }

    private static String words(Duration time) {
        if (time.toMinutes() < 1) {
            return time.toSeconds() + " seconds";
        }
        return time.toHours() < 1 ? time.toMinutes() + " minutes" : time.toHours() + " hours";
    }

    private String tried() {
        String addresses =
                attempts.stream().map(attempt -> "  " + attempt + "\n").sorted().collect(Collectors.joining());
        return addresses + "  the local network (mDNS): " + announced() + "\n";
    }

    private String announced() {
        if (!looksFor.mdns()) {
            return "not asked, for the configuration says mdns=false";
        }
        Set<ControllerAddress> configured =
                looksFor.controllers().stream().map(ControllerAddress::parse).collect(Collectors.toSet());
        boolean found = attempts.stream().anyMatch(attempt -> !configured.contains(attempt.address()));
        return found ? "a controller says it is there; see above" : "no controller says that it is there";
    }

    private String remedies() {
        if (answered()) {
            return """
                  - see who waits: swarmctl nodes list; let it in: swarmctl nodes approve
                  - or flash the card with a new image of this fleet: swarmctl image build
                """;
        }
        String network = own.isEmpty() ? "  - give the board a network: a cable, or the right wifi in its image\n" : "";
        return network + """
                  - is the controller running, and on the same network as this board?
                  - to correct its address, put a file %s beside this one, with the line
                      controllers=ADDRESS
                    (such as controllers=192.168.1.5), and start the board again
                """.formatted(CardFiles.CORRECTION);
    }
}
