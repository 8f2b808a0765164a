package io.swarmctl.controller.cli;

import static io.swarmctl.controller.fleet.ExampleNodes.arrived;
import static io.swarmctl.controller.fleet.ExampleNodes.inSwarm;
import static io.swarmctl.controller.fleet.ExampleNodes.pending;
import static io.swarmctl.controller.fleet.ExampleNodes.reporting;
import static io.swarmctl.controller.fleet.ExampleNodes.withSpec;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.wire.Membership;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.common.wire.SwarmState;
import io.swarmctl.controller.cli.Typist.Result;
import io.swarmctl.controller.fleet.EnrolmentKey;
import io.swarmctl.controller.fleet.ExampleNodes;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.LogLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What the help of a command shows as an example can be typed as it stands, and does what it says. */
class HelpTest {
    /** Examples that need more than a controller, and where they are run instead. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "swarmctl controller", "starts one: ControllerRun in the server's tests",
            "swarmctl login", "needs a host of that name: LoginTest",
            "swarmctl image", "needs images and cards: ImageCommandsTest, FlashCommandsTest, ImageFetchDockerTest",
            "swarmctl simulate", "needs a gateway to enrol at: SimulateTest");

    @RegisterExtension
    final Desk desk = new Desk();

    @TempDir
    Path files;

    static Stream<String> examples() {
        return CliTest.everyCommand().flatMap(HelpTest::examples);
    }

    private static Stream<String> examples(CommandLine command) {
        return Stream.of(command.getCommandSpec().usageMessage().footer())
                .map(String::strip)
                .filter(line -> (line + " ").startsWith("swarmctl "));
    }

    static Stream<String> runnable() {
        return examples().filter(example -> ELSEWHERE.keySet().stream().noneMatch(example::startsWith));
    }

    @ParameterizedTest
    @MethodSource("runnable")
    void anExampleDoesWhatItSays(String example) throws IOException {
        desk.fleet().become(fleet -> fleetOfExamples());
        desk.diagnosed(arrived(3).id());
        desk.nodes().forEach(node -> desk.benchmarked(node, false, Map.of("cpu-one", 15_000.0)));
        LogLine line = new LogLine(0, arrived(1).id(), ExampleNodes.NOW, "install Docker", "Unpacking");
        desk.fleet().appendLog(List.of(line, line));
        desk.typist().types("tokens", "create", example.contains("revoke") ? "ada" : "grace");
        Files.writeString(files.resolve("fleet.yaml"), "ssh: true");

        Result result = desk.typist()
                .answering("y")
                .pausing(new GoesWellThenLeaves())
                .closingAfter(example.contains("--watch") || example.contains(" logs -f ") ? 1 : Integer.MAX_VALUE)
                .types(words(example));

        assertThat(result.exitCode()).as(result.all()).isIn(ExitCode.OK, ExitCode.NOT_YET);
        assertThat(result.err()).doesNotContain("error:");
    }

    private String[] words(String example) {
        String[] words = example.replaceAll(" > .*", "")
                .replace("fleet.yaml", files.resolve("fleet.yaml").toString())
                .replace("pi-003.txt", files.resolve("pi-003.txt").toString())
                .split(" ");
        return Stream.of(words).skip(1).toArray(String[]::new);
    }

    /** While somebody waits the fleet gets ready; who watches gets bored. */
    private final class GoesWellThenLeaves implements Surroundings.Pause {
        private int times;

        @Override
        public void pass(Duration time) throws InterruptedException {
            desk.fleet().become(HelpTest::getsReady);
            if (++times > 20) {
                throw new InterruptedException();
            }
        }
    }

    private static Fleet getsReady(Fleet fleet) {
        Fleet after = fleet;
        for (FleetNode node : fleet.nodes().values()) {
            boolean leaves = node.status() == FleetNode.Status.REMOVING;
            after = leaves
                    ? after.without(node)
                    : after.with(node.withRole(node.role() == null ? "worker" : node.role())
                            .withReport(inSwarm(1, Membership.WORKER).report(), ExampleNodes.NOW));
        }
        return after.withConnected(after.nodes().keySet());
    }

    /** pi-001 manages; pi-002 works and has failed in rack a; pi-003 is in a foreign swarm; pi-004 waits; pi-005 is silent. */
    private static Fleet fleetOfExamples() {
        FleetNode foreign = arrived(3);
        SwarmFacts swarm =
                new SwarmFacts(SwarmState.ACTIVE, false, "x", "foreign", "", 0, "10.0.0.3", List.of(), List.of(), "");
        FleetNode.Marks rackA = new FleetNode.Marks(Map.of("rack", "a"), "");
        Fleet fleet = ExampleNodes.fleet(
                withSpec(inSwarm(1, Membership.MANAGER)),
                withSpec(reporting(2, "worker", NodeState.FAILED)).with(rackA),
                foreign.withReport(ExampleNodes.report(foreign, NodeState.WAITING, swarm), ExampleNodes.NOW),
                pending(4),
                arrived(5));
        EnrolmentKey key =
                new EnrolmentKey("7h2kq0vz", "hash", ExampleNodes.NOW, ExampleNodes.NOW.plusSeconds(60), 1, false);
        return fleet.with(key)
                .withConnected(IntStream.rangeClosed(1, 3)
                        .mapToObj(i -> arrived(i).id())
                        .collect(Collectors.toSet()));
    }

    @Test
    void onlyWhatNeedsMoreThanAControllerIsRunElsewhere() {
        List<String> elsewhere = new ArrayList<>(examples().toList());
        elsewhere.removeAll(runnable().toList());

        assertThat(elsewhere.stream().map(example -> example.split(" ")[1]).collect(Collectors.toSet()))
                .isEqualTo(Set.of("controller", "login", "image", "simulate"));
        assertThat(runnable()).hasSizeGreaterThan(40);
    }
}
