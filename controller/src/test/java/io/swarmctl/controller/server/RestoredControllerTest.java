package io.swarmctl.controller.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmctl.common.wire.NodeState;
import io.swarmctl.controller.fleet.FleetEvent;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.NodeCommands;
import io.swarmctl.controller.fleet.RoleCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A controller is started on an older copy of its data directory; real agents went on in the meantime. */
class RestoredControllerTest {
    private static final Duration SOON = Duration.ofSeconds(90);

    @TempDir
    private Path directory;

    private TestFleet fleet;

    @BeforeEach
    void start() throws Exception {
        fleet = new TestFleet(Files.createDirectory(directory.resolve("fleet")));
        String key = fleet.enrolmentKey(3);
        for (int i = 1; i <= 3; i++) {
            fleet.boot("serial-" + i, key);
        }
        await().atMost(SOON)
                .until(() -> fleet.fleet().enrolled().stream()
                                .filter(node -> node.report() != null
                                        && node.report().facts().docker().answers())
                                .count()
                        == 3);
    }

    @AfterEach
    void stop() throws Exception {
        fleet.close();
    }

    @Test
    void itsSpecsAreTakenAgainInALaterEpoch() throws Exception {
        found();
        copyAside();
        for (int i = 1; i <= 3; i++) {
            rename("serial-2", "attic-" + i);
        }
        await().atMost(SOON).until(() -> hostname("serial-2").equals("attic-3"));
        restore();

        await().atMost(SOON).until(() -> fleet.fleet().epoch() == 2);
        await().atMost(SOON).until(() -> !hostname("serial-2").startsWith("attic"));
        rename("serial-3", "cellar");
        await().atMost(SOON).until(() -> hostname("serial-3").equals("cellar"));
        assertThat(notes())
                .filteredOn(text -> text.contains("was restored from an older state"))
                .hasSize(1);
        assertThat(fleet.fleet().epoch()).as("raised once").isEqualTo(2);
        awaitReady();
        assertThat(fleet.swarms().founded()).isEqualTo(1);
    }

    @Test
    void theSwarmThatWasFoundedAfterTheCopyIsFoundAgain() throws Exception {
        copyAside();
        found();
        String clusterId = fleet.fleet().swarm().clusterId();
        restore();

        await().atMost(SOON).until(() -> clusterId.equals(fleet.fleet().swarm().clusterId()));
        assertThat(notes()).contains("the fleet's swarm is " + clusterId + ", as this controller had signed");
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(fleet.node("serial-1").report().waitingFor()).contains("roles assign manager"));
        await().atMost(SOON).until(() -> "worker".equals(fleet.node("serial-2").role()));
        fleet.change(current -> RoleCommands.assign(current, "manager", List.of("serial-1")));
        awaitReady();
        assertThat(fleet.fleet().enrolled()).allMatch(node -> isIn(node, clusterId));
        assertThat(fleet.swarms().founded()).isEqualTo(1);
    }

    @Test
    void aNodeThatWasNotToldAnythingNewIsNoReasonForAnotherEpoch() throws Exception {
        found();
        copyAside();
        restore();
        awaitReady();
        rename("serial-2", "attic");
        await().atMost(SOON).until(() -> hostname("serial-2").equals("attic"));
        assertThat(fleet.fleet().epoch()).isEqualTo(1);
    }

    private void found() throws Exception {
        fleet.change(current -> RoleCommands.assign(current, "manager", List.of("serial-1")));
        fleet.change(current -> RoleCommands.assign(current, "worker", List.of("serial-2", "serial-3")));
        awaitReady();
    }

    private void awaitReady() {
        await().atMost(SOON).untilAsserted(() -> {
            String clusterId = fleet.fleet().swarm().clusterId();
            assertThat(clusterId).isNotNull();
            assertThat(fleet.fleet().enrolled())
                    .hasSize(3)
                    .allMatch(node -> node.report() != null && node.report().state() == NodeState.READY)
                    .allMatch(node -> isIn(node, clusterId));
        });
    }

    private static boolean isIn(FleetNode node, String clusterId) {
        return node.report() != null && node.report().facts().swarm().isIn(clusterId);
    }

    private void rename(String serial, String name) throws Exception {
        fleet.change(current -> NodeCommands.rename(current, serial, name));
    }

    private String hostname(String serial) {
        return fleet.node(serial).report().facts().hostname().live();
    }

    private List<String> notes() throws IOException {
        return fleet.events().stream().map(FleetEvent::text).toList();
    }

    private void copyAside() throws Exception {
        fleet.stopController();
        copy(fleet.data(), directory.resolve("backup"));
        fleet.startController();
        await().atMost(SOON).until(() -> fleet.fleet().connected().size() == 3);
    }

    private void restore() throws Exception {
        fleet.stopController();
        try (Stream<Path> files = Files.walk(fleet.data())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        copy(directory.resolve("backup"), fleet.data());
        fleet.startController();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
