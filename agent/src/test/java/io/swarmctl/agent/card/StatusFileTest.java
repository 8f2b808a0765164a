package io.swarmctl.agent.card;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.agent.link.Attempt;
import io.swarmctl.agent.link.ControllerAddress;
import io.swarmctl.agent.machine.BootPartition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusFileTest {
    private static final ControllerAddress ADDRESS = new ControllerAddress("192.168.1.5", 8444);
    private static final Attempt REFUSED = new Attempt(ADDRESS, false, "refuses the connection");
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    private Path card;

    private final AtomicLong nanos = new AtomicLong();
    private Optional<Instant> time = Optional.of(NOW);
    private List<String> own = List.of("192.168.1.77");

    @Test
    void saysWhatWasTriedAndWhatToDo() throws Exception {
        StatusFile file = begin(new Correction(List.of("192.168.1.5"), true));
        after(31, file, REFUSED);

        assertThat(status()).isEqualTo("""
                This board does not reach its controller.
                So it is for 31 seconds, at 2026-03-01T10:00:00Z.

                board    10000000765fc593 (Raspberry Pi 3 Model B Plus Rev 1.3)
                address  192.168.1.77

                It tried:
                  192.168.1.5:8444 refuses the connection
                  the local network (mDNS): no controller says that it is there

                What to do:
                  - is the controller running, and on the same network as this board?
                  - to correct its address, put a file swarm-agent.conf beside this one, with the line
                      controllers=ADDRESS
                    (such as controllers=192.168.1.5), and start the board again
                """);
    }

    @Test
    void aBoardWithoutNetworkAndTimeSaysSo() throws Exception {
        own = List.of();
        time = Optional.empty();
        StatusFile file = begin(new Correction(List.of("192.168.1.5"), false));
        after(7_300, file, REFUSED);

        assertThat(status())
                .contains(
                        "for 2 hours (this board does not know the time)",
                        "address  none: no cable, no wifi",
                        "not asked, for the configuration says mdns=false",
                        "give the board a network");
    }

    @Test
    void aControllerThatDoesNotLetTheBoardInIsQuoted() throws Exception {
        StatusFile file = begin(new Correction(List.of(), true));
        after(40, file, new Attempt(ADDRESS, true, "says: waits for approval"));

        assertThat(status())
                .startsWith("This board has found its controller, which does not let it in yet.")
                .contains(
                        "192.168.1.5:8444 says: waits for approval",
                        "a controller says it is there",
                        "swarmctl nodes approve")
                .doesNotContain("controllers=ADDRESS");
    }

    @Test
    void nothingIsWrittenWhereNothingWasEverWrong() throws Exception {
        StatusFile file = begin(new Correction(List.of(), true));
        after(5, file, REFUSED);
        file.reached(ADDRESS);

        assertThat(card).isEmptyDirectory();
    }

    @Test
    void thatTheControllerIsReachedAgainIsOneLine() throws Exception {
        StatusFile file = begin(new Correction(List.of(), true));
        after(40, file, REFUSED);
        file.reached(ADDRESS);

        assertThat(status())
                .isEqualTo(
                        "This board reached its controller, 192.168.1.5:8444, at 2026-03-01T10:00:00Z. All is well.\n");
    }

    @Test
    void theSameStoryIsNotWrittenAgainForMinutes() throws Exception {
        StatusFile file = begin(new Correction(List.of(), true));
        after(40, file, REFUSED);
        Files.delete(card.resolve("swarm-agent-status.txt"));
        after(500, file, REFUSED);
        assertThat(card).isEmptyDirectory();

        after(200, file, REFUSED);
        assertThat(status()).contains("for 12 minutes");
    }

    @Test
    void anotherStoryIsWrittenSooner() throws Exception {
        StatusFile file = begin(new Correction(List.of(), true));
        after(40, file, REFUSED);
        after(110, file, new Attempt(ADDRESS, false, "does not answer"));

        assertThat(status()).contains("does not answer");
    }

    @Test
    void aCorrectionThatWasNotTakenIsToldAtOnceAndUntilItIsMended() throws Exception {
        Files.writeString(card.resolve("swarm-agent.conf"), "controllers=http://x");
        StatusFile file = begin(new Correction(List.of("192.168.1.5"), true));
        assertThat(status())
                .startsWith("swarm-agent.conf is not taken: line 1: 'http://x' is no address of a controller")
                .contains("goes by its former configuration");

        after(40, file, REFUSED);
        assertThat(status()).startsWith("swarm-agent.conf is not taken: line 1").contains("It tried:");
    }

    private StatusFile begin(Correction looksFor) {
        return StatusFile.begin(
                BootPartition.find(card).orElseThrow(),
                "10000000765fc593",
                "Raspberry Pi 3 Model B Plus Rev 1.3",
                looksFor,
                new StatusFile.Surroundings(() -> own, () -> time, nanos::get));
    }

    private void after(long seconds, StatusFile file, Attempt attempt) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
        file.missed(List.of(attempt));
    }

    private String status() throws Exception {
        return Files.readString(card.resolve("swarm-agent-status.txt"));
    }
}
