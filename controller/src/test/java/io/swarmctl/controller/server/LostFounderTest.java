package io.swarmctl.controller.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.Report;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.NodeCommands;
import io.swarmctl.controller.fleet.RoleCommands;
import io.swarmctl.controller.fleet.SwarmCommands;
import io.swarmctl.controller.server.TestFleet.PowerCut;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The founder's card dies at its three worst moments; real controller, real agents. */
class LostFounderTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String FOUNDER = "serial-1";

    private TestFleet fleet;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        fleet = new TestFleet(directory);
    }

    @AfterEach
    void stop() throws Exception {
        fleet.close();
    }

    @Test
    void betweenChoiceAndInit() throws Exception {
        fleet.onApply((serial, action) -> cutAtFounding(serial, action));
        boot(1, 2, 3);
        assign("manager", 1);
        await().atMost(SOON).until(() -> !fleet.isRunning(FOUNDER));
        fleet.destroy(FOUNDER);
        assign("manager", 2);
        assign("worker", 3);

        awaitHold(
                "serial-3", "pi-001 to found the swarm, which is not connected; if it is lost: swarmctl nodes remove");
        fleet.change(current -> NodeCommands.remove(current, FOUNDER, true));

        awaitMembers("serial-2", "serial-3");
        assertThat(fleet.swarms().founded()).isEqualTo(1);
        assertThat(fleet.fleet().swarm().founderEpoch()).isEqualTo(2);
    }

    @Test
    void betweenInitAndReport() throws Exception {
        fleet.onApplied((serial, action) -> cutAtFounding(serial, action));
        boot(1, 2, 3);
        assign("manager", 1);
        await().atMost(SOON).until(() -> !fleet.isRunning(FOUNDER));
        assertThat(fleet.swarms().founded()).isEqualTo(1);
        assign("manager", 2);
        assign("worker", 3);
        assertThat(fleet.fleet().swarm().clusterId())
                .as("nobody has heard of it")
                .isNull();
        fleet.destroy(FOUNDER);
        fleet.change(current -> NodeCommands.revoke(current, FOUNDER));

        awaitMembers("serial-2", "serial-3");
        assertThat(fleet.swarms().founded()).isEqualTo(2);
        assertThat(fleet.node("serial-2").report().facts().swarm().founderEpoch())
                .isEqualTo(2);
    }

    @Test
    void afterTheFirstJoinNobodyTakesItsPlaceBeforeAPersonSaysSo() throws Exception {
        boot(1, 2);
        assign("manager", 1);
        assign("worker", 2);
        awaitMembers(FOUNDER, "serial-2");
        String lost = fleet.fleet().swarm().clusterId();
        fleet.destroy(FOUNDER);
        await().atMost(SOON).until(() -> fleet.fleet().connected().size() == 1);
        boot(3);
        assign("manager", 3);
        awaitHold("serial-3", "if they are lost for good: swarmctl swarm recover");

        fleet.change(current -> NodeCommands.remove(current, FOUNDER, true));
        awaitHold("serial-3", "if the swarm is lost for good: swarmctl swarm recover");
        assertThat(fleet.swarms().founded()).isEqualTo(1);

        fleet.change(current -> SwarmCommands.recover(current, null, 2));
        awaitMembers("serial-2", "serial-3");
        assertThat(fleet.swarms().founded()).isEqualTo(2);
        assertThat(fleet.fleet().swarm().ownClusterIds()).contains(lost);
        assertThat(fleet.fleet().swarm().clusterId()).isNotEqualTo(lost);
        assertThat(fleet.fleet().swarm().founderEpoch()).isEqualTo(2);
    }

    private void cutAtFounding(String serial, Action action) {
        if (serial.equals(FOUNDER) && action instanceof Action.FoundSwarm) {
            throw new PowerCut();
        }
    }

    private void boot(int... numbers) throws Exception {
        String key = fleet.enrolmentKey(numbers.length);
        for (int number : numbers) {
            fleet.boot("serial-" + number, key);
            // One after the other, so that the names are in their order.
            await().atMost(SOON)
                    .until(() -> fleet.fleet()
                            .node("serial-" + number)
                            .filter(node -> node.report() != null
                                    && node.report().facts().docker().answers())
                            .isPresent());
        }
    }

    private void assign(String role, int number) throws Exception {
        fleet.change(current -> RoleCommands.assign(current, role, List.of("serial-" + number)));
    }

    private void awaitHold(String serial, String words) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(waitingFor(fleet.node(serial))).contains(words));
    }

    private static String waitingFor(FleetNode node) {
        Report report = node.report();
        return report == null ? "" : report.waitingFor();
    }

    private void awaitMembers(String... serials) {
        await().atMost(SOON).untilAsserted(() -> {
            String clusterId = fleet.fleet().swarm().clusterId();
            assertThat(clusterId).isNotNull();
            for (String serial : serials) {
                assertThat(fleet.node(serial).report()).satisfies(report -> {
                    assertThat(report.state()).isEqualTo(NodeState.READY);
                    assertThat(report.facts().swarm().isIn(clusterId)).isTrue();
                });
            }
        });
    }
}
