package io.swarmctl.controller.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmctl.common.wire.NodeState;
import io.swarmctl.controller.cli.Typist;
import io.swarmctl.controller.cli.Typist.Result;
import io.swarmctl.controller.fleet.FleetNode;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measuring a node: from the command line, through controller and gateway, to the agent and back; its link for real. */
class BenchmarkTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private TestFleet fleet;
    private Typist typist;

    @BeforeEach
    void start() throws Exception {
        fleet = new TestFleet(directory.resolve("fleet"));
        typist = new Typist(directory)
                .with("SWARMCTL_DATA_DIRECTORY", fleet.data().toString())
                .pausing(time -> Thread.sleep(time.dividedBy(10).toMillis()));
        fleet.boot("serial-1", fleet.enrolmentKey(1));
        await().atMost(SOON).until(this::isIdle);
    }

    @AfterEach
    void stop() throws Exception {
        fleet.close();
    }

    /** A node that has only just come sees to its accounts first, and would be measured wrongly. */
    private boolean isIdle() {
        return fleet.fleet()
                .node("serial-1")
                .map(FleetNode::report)
                .filter(report -> report.state() == NodeState.READY)
                .isPresent();
    }

    private JsonObject result() {
        JsonObject json =
                new JsonObject(typist.types("bench", "show", "-o", "json").out());
        assertThat(json.getJsonArray("pending")).isEmpty();
        return json.getJsonArray("results").getJsonObject(0);
    }

    @Test
    void aNodeIsMeasuredAndTheResultOutlivesTheController() throws Exception {
        Result run = typist.types("bench", "run", "pi-001", "--wait", "--timeout", "5m");

        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(run.err()).contains("1 of 1 node measured");
        JsonObject result = result();
        assertThat(result.getString("node")).isEqualTo("pi-001");
        assertThat(result.getString("model")).isEqualTo("Raspberry Pi 3 Model B Rev 1.2");
        assertThat(result.getBoolean("throttled")).isFalse();
        assertThat(result.getDouble("celsiusAfter")).isEqualTo(61.0);
        assertThat(result.getJsonObject("values").getMap())
                .containsOnlyKeys("cpu-one", "link-round-trip", "link-down", "link-up");
        assertThat(result.getJsonObject("missing").getString("card-write")).isEqualTo("the node does not say why");
        assertThat(fleet.controller().gatewayCounters().violations()).isZero();
        assertThat(fleet.events())
                .anyMatch(event ->
                        event.actor().equals("admin") && event.text().equals("pi-001 is asked for a benchmark"));

        fleet.stopController();
        fleet.startController();

        assertThat(result().getString("takenAt")).isEqualTo(result.getString("takenAt"));
    }

    @Test
    void aNodeIsMeasuredAgainAsOftenAsItIsAsked() throws Exception {
        typist.types("bench", "run", "pi-001", "--wait");
        String first = result().getString("takenAt");

        Result again = typist.types("bench", "run", "pi-001", "--wait");

        assertThat(again.exitCode()).as(again.all()).isZero();
        assertThat(result().getString("takenAt")).isGreaterThan(first);
    }
}
