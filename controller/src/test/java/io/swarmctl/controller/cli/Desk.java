package io.swarmctl.controller.cli;

import static io.swarmctl.controller.fleet.ExampleNodes.arrived;
import static io.swarmctl.controller.fleet.ExampleNodes.inSwarm;
import static io.swarmctl.controller.fleet.ExampleNodes.pending;
import static io.swarmctl.controller.fleet.ExampleNodes.reporting;
import static io.swarmctl.controller.fleet.ExampleNodes.withSpec;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.trust.Certificates;
import io.swarmctl.common.wire.Benchmark.Measured;
import io.swarmctl.common.wire.Diagnosis;
import io.swarmctl.common.wire.Membership;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.controller.api.Access;
import io.swarmctl.controller.api.MemoryFleet;
import io.swarmctl.controller.api.TestController;
import io.swarmctl.controller.cli.Typist.Result;
import io.swarmctl.controller.fleet.BenchmarkRun;
import io.swarmctl.controller.fleet.Diagnoses;
import io.swarmctl.controller.fleet.ExampleNodes;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Somebody at a desk, logged in to a real API: pi-001 manages the swarm, pi-002 has failed, pi-003 has no role, and pi-004
 * waits for approval.
 */
final class Desk implements BeforeEachCallback, AfterEachCallback {
    private TestController controller;
    private Path home;
    private Typist typist;
    private boolean running;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        controller = new TestController(usual(), "localhost");
        running = true;
        home = Files.createTempDirectory("desk");
        typist = new Typist(home);
        Result login = typist.with("SWARMCTL_TOKEN", TestController.TOKENS.get(Access.Level.ADMIN))
                .types("login", url(), "--name", "rack", "--fingerprint", fingerprint());
        assertThat(login.exitCode()).as(login.err()).isZero();
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        stopController();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    static Fleet usual() {
        return connected(ExampleNodes.fleet(
                inSwarm(1, Membership.MANAGER),
                withSpec(reporting(2, "worker", NodeState.FAILED)),
                arrived(3),
                pending(4)));
    }

    /** The same with the first three nodes connected. */
    static Fleet connected(Fleet fleet) {
        return fleet.withConnected(
                Set.of(arrived(1).id(), arrived(2).id(), arrived(3).id()));
    }

    /** Somebody else, with a home of their own and another token. */
    Typist loggedInWith(String token) {
        Typist other = new Typist(home.resolve("other"));
        Result login = other.with("SWARMCTL_TOKEN", token)
                .types("login", url(), "--name", "rack", "--fingerprint", fingerprint());
        assertThat(login.exitCode()).as(login.err()).isZero();
        return other;
    }

    private String fingerprint() {
        return Certificates.fingerprint(controller.ca().certificate());
    }

    void stopController() {
        if (running) {
            running = false;
            controller.close();
        }
    }

    String url() {
        return controller.url();
    }

    MemoryFleet fleet() {
        return controller.fleet();
    }

    /** However often it is asked, that node has answered already. */
    void diagnosed(String nodeId) {
        Diagnosis diagnosis =
                new Diagnosis(nodeId, Long.MAX_VALUE, 0, List.of(new Diagnosis.Part("routes", "default", "")));
        controller.diagnoses().put(nodeId, new Diagnoses.Taken(diagnosis, ExampleNodes.NOW));
    }

    /** However often it is asked, that node has been measured already. */
    void benchmarked(FleetNode node, boolean throttled, Map<String, Double> values) {
        Measured measured = new Measured(values, Map.of("card-read", "no room"));
        fleet().appendBenchmark(new BenchmarkRun(
                node.id(),
                Long.MAX_VALUE,
                node.board().model(),
                "1.2.3",
                ExampleNodes.NOW,
                throttled,
                48.5,
                61.0,
                measured));
    }

    Path home() {
        return home;
    }

    Typist typist() {
        return typist;
    }

    List<FleetNode> nodes() {
        return List.copyOf(fleet().fleet().nodes().values());
    }

    /** Asks to take that node's place. */
    void anotherCardFor(String id) {
        fleet().become(fleet -> fleet.with(fleet.node(id)
                .orElseThrow()
                .withCandidate(new FleetNode.Candidate(
                        "{\"new\":1}",
                        "pi-001 is connected, and this card has another key",
                        "10.0.0.9",
                        ExampleNodes.NOW.minusSeconds(10),
                        true))));
    }
}
