package io.swarmctl.controller.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.Report;
import io.swarmctl.controller.cli.Typist;
import io.swarmctl.controller.cli.Typist.Result;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.Policy;
import io.swarmctl.controller.fleet.Transition;
import io.swarmctl.controller.server.TestFleet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command, with real agents and a real controller. */
class SimulateTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final long JOIN_SECONDS = 60;

    @TempDir
    Path directory;

    private TestFleet fleet;
    private Typist typist;

    @BeforeEach
    void start() throws Exception {
        fleet = new TestFleet(directory.resolve("fleet"));
        fleet.change(current -> Transition.silent(current.with(current.policy().withAuto(new Policy.Auto(1, 1)))));
        typist = new Typist(directory)
                .with("SWARMCTL_DATA_DIRECTORY", fleet.data().toString())
                .pausing(time -> Thread.sleep(time.toMillis() / 10));
    }

    @AfterEach
    void stop() throws Exception {
        fleet.close();
    }

    private Result simulate(String... more) {
        String[] args = new String[more.length + 5];
        System.arraycopy(new String[] {"simulate", "--arrive", "1s", "--pace", "1000"}, 0, args, 0, 5);
        System.arraycopy(more, 0, args, 5, more.length);
        return typist.types(args);
    }

    private Result untilReady(String... more) {
        String[] args = new String[more.length + 4];
        System.arraycopy(new String[] {"--until", "ready", "--timeout", "3m"}, 0, args, 0, 4);
        System.arraycopy(more, 0, args, 4, more.length);
        return simulate(args);
    }

    @Test
    void threeNodesBecomeASwarmAndSayHowToRemoveThem() {
        Result result = untilReady("--nodes", "3");

        assertThat(result.exitCode()).as(result.all()).isZero();
        assertThat(result.err())
                .contains("3 of 3 enrolled, 3 ready\n")
                .contains("to remove them: swarmctl nodes remove --force pi-[001-003]");
        assertThat(fleet.fleet().enrolled()).hasSize(3).allMatch(SimulateTest::wasReady);
        assertThat(fleet.fleet().enrolled())
                .extracting(node -> node.report().agentVersion())
                .allMatch(version -> version.endsWith(" (simulated)"));
        await().atMost(SOON).until(() -> fleet.fleet().connected().isEmpty());
    }

    @Test
    void withADirectoryTheSameNodesGoOnWhereTheyWere() throws Exception {
        Path rack = directory.resolve("rack");
        Result first = untilReady("--nodes", "2", "--state", rack.toString());
        assertThat(first.exitCode()).as(first.all()).isZero();
        List<String> keys = keys();

        Result second = untilReady("--nodes", "3", "--state", rack.toString());

        assertThat(second.exitCode()).as(second.all()).isZero();
        assertThat(fleet.fleet().enrolled()).hasSize(3);
        assertThat(keys()).containsAll(keys);
        assertThat(fleet.fleet().enrolled())
                .extracting(node -> node.report().facts().swarm().clusterId())
                .as("all are in the swarm that the first two made")
                .containsOnly(
                        fleet.fleet().enrolled().get(0).report().facts().swarm().clusterId());
        assertThat(Files.exists(rack.resolve("node-0003").resolve("facts.json")))
                .isTrue();
    }

    @Test
    void whatHappensToWhomIsWrittenDownInOrder() throws Exception {
        Path record = directory.resolve("record.csv");

        Result result = untilReady("--nodes", "2", "--record", record.toString());

        assertThat(result.exitCode()).as(result.all()).isZero();
        List<String> lines = Files.readAllLines(record);
        assertThat(lines.get(0)).isEqualTo("at_ms,node,event,detail");
        assertThat(events(lines, "sim1-0001"))
                .startsWith("on", "enrolled", "spec")
                .endsWith("ready");
        assertThat(lines).anyMatch(line -> line.matches("\\d+,sim1-0002,spec,1\\.\\d+ (manager|worker)"));
    }

    private static List<String> events(List<String> lines, String node) {
        return lines.stream()
                .map(line -> line.split(",", -1))
                .filter(line -> line[1].equals(node))
                .map(line -> line[2])
                .toList();
    }

    private List<String> keys() {
        return fleet.fleet().enrolled().stream().map(FleetNode::publicJwk).toList();
    }

    @Test
    void itEndsAsIfAskedToWhenItIsInterrupted() throws Exception {
        CompletableFuture<Result> typed = new CompletableFuture<>();
        Thread person = new Thread(() -> typed.complete(simulate("--nodes", "2")));
        person.start();
        await().atMost(SOON).until(() -> fleet.fleet().connected().size() == 2);

        person.interrupt();

        Result result = typed.get(JOIN_SECONDS, TimeUnit.SECONDS);
        assertThat(result.exitCode()).as(result.all()).isZero();
        await().atMost(SOON).until(() -> fleet.fleet().connected().isEmpty());
    }

    @Test
    void nodesThatAreNotReadyInTimeAreExitCode3() {
        Result result = simulate("--nodes", "1", "--until", "ready", "--timeout", "0s");

        assertThat(result.exitCode()).as(result.all()).isEqualTo(3);
    }

    @Test
    void aFleetOfRealNodesIsLeftAloneUnlessAPersonInsists() throws Exception {
        fleet.boot("00000000765fc593", fleet.enrolmentKey(1));
        await().atMost(SOON).until(() -> fleet.fleet().enrolled().size() == 1);

        Result refused = simulate("--nodes", "1");
        Result insisted = simulate("--nodes", "1", "--among-real", "--until", "ready", "--timeout", "0s");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .contains("this fleet has 1 real node, which would be led by simulated managers")
                .contains("or give --among-real");
        assertThat(insisted.exitCode()).isEqualTo(3);
    }

    @Test
    void whatCannotBeSimulatedIsSaid() {
        assertThat(simulate("--models", "3B,3C").err()).isEqualTo("""
                        error: there is no model '3C'; there are 3B, 3B+, 4B, 5
                          see: swarmctl simulate --help
                        """);
        assertThat(simulate("--nodes", "0").exitCode()).isEqualTo(2);
        assertThat(typist.types("simulate", "--pace", "NaN").exitCode()).isEqualTo(2);
    }

    @Test
    void withoutAControllerItSaysWhatToDo() {
        fleet.stopController();
        try {
            Result result = simulate("--nodes", "1");

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err()).contains("nothing listens there").contains("swarmctl controller");
        } finally {
            startAgain();
        }
    }

    private void startAgain() {
        try {
            fleet.startController();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean wasReady(FleetNode node) {
        Report report = node.report();
        return report != null
                && report.state() == NodeState.READY
                && !report.facts().swarm().clusterId().isEmpty();
    }
}
