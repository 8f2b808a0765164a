package io.swarmctl.controller.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.Report;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.Policy;
import io.swarmctl.controller.fleet.Transition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFleetTest {
    private static final Duration SOON = Duration.ofSeconds(40);

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
    void threeBlankBoardsBecomeASwarmByTheStandingRule() throws Exception {
        byTheStandingRule(1);
        String key = fleet.enrolmentKey(3);
        for (int i = 1; i <= 3; i++) {
            fleet.boot("serial-" + i, key);
        }
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(fleet.fleet().enrolled()).hasSize(3).allMatch(WholeFleetTest::isReadyMember);
        });
        assertThat(fleet.swarms().founded()).isEqualTo(1);
        assertThat(fleet.fleet().enrolled().stream().filter(node -> "manager".equals(node.role())))
                .hasSize(1);
    }

    @Test
    void theEnrolmentKeyIsWipedFromTheCard() throws Exception {
        fleet.boot("serial-1", fleet.enrolmentKey(1));
        await().atMost(SOON).until(() -> !Files.exists(fleet.card("serial-1").resolve("enrolment.key")));
    }

    @Test
    void nodesComeBackToARestartedController() throws Exception {
        byTheStandingRule(1);
        String key = fleet.enrolmentKey(2);
        fleet.boot("serial-1", key);
        fleet.boot("serial-2", key);
        await().atMost(SOON)
                .until(() -> fleet.fleet().enrolled().size() == 2
                        && fleet.fleet().enrolled().stream().allMatch(WholeFleetTest::isReadyMember));

        fleet.stopController();
        fleet.startController();

        await().atMost(SOON).until(() -> fleet.fleet().connected().size() == 2);
        assertThat(fleet.swarms().founded()).isEqualTo(1);
        assertThat(fleet.fleet().enrolled()).allMatch(WholeFleetTest::isReadyMember);
    }

    private void byTheStandingRule(int managers) throws Exception {
        fleet.change(
                current -> Transition.silent(current.with(current.policy().withAuto(new Policy.Auto(managers, 1)))));
    }

    private static boolean isReadyMember(FleetNode node) {
        Report report = node.report();
        return report != null
                && report.state() == NodeState.READY
                && !report.facts().swarm().clusterId().isEmpty();
    }
}
