package io.swarmctl.controller.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.NodeState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Pi reboots while there is no controller: what it was told last is on its disk. */
class SpecOnDiskTest {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String SERIAL = "serial-1";

    private TestFleet fleet;

    @BeforeEach
    void aNodeThatIsAsItWasTold(@TempDir Path directory) throws Exception {
        fleet = new TestFleet(directory);
        fleet.boot(SERIAL, fleet.enrolmentKey(1));
        await().atMost(SOON)
                .until(() -> fleet.fleet()
                        .node(SERIAL)
                        .filter(node -> node.report() != null
                                && node.report().state() == NodeState.READY
                                && node.report().generation() == node.spec().generation())
                        .isPresent());
    }

    @AfterEach
    void stop() throws Exception {
        fleet.close();
    }

    @Test
    void aMachineThatWasChangedByHandIsPutRightWithoutAController() throws Exception {
        fleet.stopController();
        fleet.halt(SERIAL);
        fleet.machine(SERIAL).apply(new Action.SetHostname("changed-by-hand"), line -> {});

        fleet.boot(SERIAL, "");

        await().atMost(SOON)
                .until(() -> fleet.machine(SERIAL).facts().hostname().live().equals("pi-001"));
        fleet.startController();
    }

    @Test
    void aTornSpecIsIgnoredAndTheControllerSendsItAgain() throws Exception {
        fleet.halt(SERIAL);
        Path file = fleet.card(SERIAL).resolve("state/spec.jws");
        byte[] whole = Files.readAllBytes(file);
        byte[] torn = new byte[whole.length];
        System.arraycopy(whole, 0, torn, 0, whole.length / 2);
        torn[whole.length / 2] = (byte) 0xff;
        Files.write(file, torn);
        fleet.machine(SERIAL).apply(new Action.SetHostname("changed-by-hand"), line -> {});

        fleet.boot(SERIAL, "");

        await().atMost(SOON)
                .until(() -> fleet.machine(SERIAL).facts().hostname().live().equals("pi-001"));
        assertThat(fleet.fleet().epoch()).as("nothing was forgotten").isEqualTo(1);
    }
}
