package io.swarmctl.controller.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.Report;
import io.swarmctl.controller.fleet.BenchmarkCommands;
import io.swarmctl.controller.fleet.DiagnosisCommands;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.Policy;
import io.swarmctl.controller.fleet.Transition;
import io.swarmctl.controller.gateway.protocol.AllowList;
import io.swarmctl.controller.gateway.protocol.Rule;
import io.swarmctl.controller.gateway.protocol.Terms;
import io.swarmctl.controller.server.TestFleet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of what passes the gateway is what real agents say: no less, and no more. */
class AgentVocabularyTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Set<String> said = new TreeSet<>();
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
    void agentsSayEverythingOnTheListAndNothingElse() throws Exception {
        fleet.change(current -> Transition.silent(current.with(current.policy().withAuto(new Policy.Auto(1, 1)))));
        String key = fleet.enrolmentKey(2);
        fleet.boot("serial-1", key);
        fleet.boot("serial-2", key);
        awaitReady();
        await("a client that has nothing to say")
                .atMost(SOON)
                .until(() -> messages().contains("ping"));
        fleet.change(current -> DiagnosisCommands.ask(current, "serial-1", Instant.now()));
        await("somebody asks what is wrong").atMost(SOON).until(() -> messages().contains("set diagnosis"));
        fleet.change(current -> BenchmarkCommands.ask(current, List.of("serial-2"), Instant.now()));
        await("somebody asks how fast it is")
                .atMost(SOON)
                .until(() -> messages().contains("set benchmark"));
        gather();

        try (StolenCard card = StolenCard.copied(fleet, "serial-1")) {
            // One connection too many, and the agent's, which is the oldest, is cut.
            for (int i = 0; i < 4; i++) {
                assertThat(card.connect().isConnected()).isTrue();
            }
            await().atMost(SOON).until(() -> greetings() >= 3);
        }
        gather();

        renewCertificate("serial-2");
        gather();

        fleet.stopController();
        fleet.startController();
        await().atMost(SOON).until(() -> fleet.fleet().connected().size() == 2);
        await().atMost(SOON)
                .until(() -> messages().contains("set report") && messages().contains("get spec"));
        gather();

        Set<String> listed = AllowList.of(new Terms("any", 0, "any")).stream()
                .map(Rule::name)
                .collect(Collectors.toCollection(TreeSet::new));
        listed.add("greeting");
        assertThat(said).isEqualTo(listed);
        assertThat(fleet.events()).noneMatch(event -> event.actor().equals("gateway"));
    }

    /** The agent asks at the door for another certificate for the key that it has, and comes back with it. */
    private void renewCertificate(String serial) throws Exception {
        Path certificate = fleet.card(serial).resolve("state/node.crt");
        String before = Files.readString(certificate);
        fleet.halt(serial);
        await().atMost(SOON).until(() -> !fleet.fleet().connected().contains(serial));
        Files.delete(certificate);
        fleet.boot(serial, "");
        await().atMost(SOON).until(() -> fleet.fleet().connected().contains(serial));
        assertThat(Files.readString(certificate)).isNotEqualTo(before);
    }

    private void gather() {
        GatewayCounters counters = fleet.controller().gatewayCounters();
        assertThat(counters.violations()).isZero();
        assertThat(counters.refusedConnections()).isZero();
        assertThat(counters.waits()).isZero();
        said.addAll(messages());
    }

    private Set<String> messages() {
        return fleet.controller().gatewayCounters().messages().keySet();
    }

    private long greetings() {
        return fleet.controller().gatewayCounters().messages().getOrDefault("greeting", 0L);
    }

    private void awaitReady() {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(fleet.fleet().enrolled()).hasSize(2).allMatch(AgentVocabularyTest::isReadyMember));
    }

    private static boolean isReadyMember(FleetNode node) {
        Report report = node.report();
        return report != null
                && report.state() == NodeState.READY
                && !report.facts().swarm().clusterId().isEmpty();
    }
}
