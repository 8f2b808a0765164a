package io.swarmctl.controller.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmctl.controller.cli.Typist;
import io.swarmctl.controller.cli.Typist.Result;
import io.swarmctl.controller.fleet.NodeCommands;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asking a node what is wrong with it: from the command line, through controller and gateway, to the agent and back. */
class DiagnosisTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private TestFleet fleet;
    private Typist typist;

    @BeforeEach
    void start() throws Exception {
        fleet = new TestFleet(directory.resolve("fleet"));
        typist = new Typist(directory)
                .with("SWARMCTL_DATA_DIRECTORY", fleet.data().toString());
        fleet.boot("serial-1", fleet.enrolmentKey(2));
        await().atMost(SOON).until(() -> fleet.fleet().connected().contains("serial-1"));
    }

    @AfterEach
    void stop() throws Exception {
        fleet.close();
    }

    @Test
    void aNodeTellsWhatIsWrongWithItAndTheTimelineWhoHasAsked() throws Exception {
        Result first = typist.types("nodes", "diagnose", "pi-001");
        Path file = directory.resolve("pi-001.txt");
        Result second = typist.types("nodes", "diagnose", "pi-001", "--out", file.toString());

        assertThat(first.exitCode()).as(first.all()).isZero();
        assertThat(first.out()).startsWith("diagnosis of pi-001, ").contains("== addresses ==\neth0 ");
        assertThat(second.exitCode()).as(second.all()).isZero();
        assertThat(Files.readString(file)).contains("== kernel log ==\nLinux version 6.12.25\n");
        assertThat(fleet.events())
                .filteredOn(event -> event.text().equals("pi-001 is asked for a diagnosis"))
                .hasSize(2)
                .allMatch(event -> event.actor().equals("admin"));
        assertThat(fleet.controller().gatewayCounters().violations()).isZero();
    }

    @Test
    void aNodeThatIsBusyWithItsPlanIsAskedAllTheSame() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch diagnosed = new CountDownLatch(1);
        fleet.onApply((serial, action) -> {
            begun.countDown();
            wait(diagnosed);
        });
        fleet.change(current -> NodeCommands.rename(current, "pi-001", "busy"));
        wait(begun);
        try {
            Result result = typist.types("nodes", "diagnose", "busy");

            assertThat(result.exitCode()).as(result.all()).isZero();
        } finally {
            diagnosed.countDown();
        }
    }

    private static void wait(CountDownLatch latch) {
        try {
            assertThat(latch.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aNodeThatIsSilentCannotBeAsked() throws Exception {
        fleet.halt("serial-1");
        await().atMost(SOON).until(() -> fleet.fleet().connected().isEmpty());

        Result result = typist.types("nodes", "diagnose", "pi-001");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .contains("error: pi-001 is not connected, so it cannot be asked\n")
                .contains("swarm-agent-status.txt");
    }
}
