package io.swarmctl.controller.web;

import io.swarmctl.common.wire.NodeState;
import io.swarmctl.controller.api.Access.Level;
import io.swarmctl.controller.api.MemoryFleet;
import io.swarmctl.controller.api.TestController;
import io.swarmctl.controller.fleet.ExampleNodes;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetNode;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How quick the dashboard is with a thousand nodes of which a hundred change their state every tenth of a second: far more
 * than a rack does, and nodes that cost nothing themselves. Started by {@code scripts/bench dashboard}.
 */
@Tag("bench")
class BusyDashboardBench {
    private static final int NODES = 1_000;
    private static final int AT_ONCE = 100;
    private static final int ROUNDS = 300;
    private static final long BETWEEN_MILLIS = 100;
    private static final List<NodeState> STATES =
            List.of(NodeState.READY, NodeState.CONVERGING, NodeState.WAITING, NodeState.FAILED, NodeState.REBOOTING);

    @Test
    void aThousandNodesChangeState() throws Exception {
        JsonObject results = new JsonObject();
        try (TestController controller = new TestController(thousand(), "localhost");
                Chromium chromium = Chromium.start()) {
            String token = TestController.TOKENS.get(Level.VIEWER);
            Page page = chromium.open().window(1280, 800, false).first(FrameTimes.WATCH);
            page.login(controller.url() + "/", token).until("window.first");
            // The controller's own code is warm then, as after its first minute.
            change(controller.fleet(), ROUNDS / 3);
            page.go("about:blank").go(controller.url() + "/").until("window.first");
            results.put("first tiles, ms", FrameTimes.firstTiles(page));
            FrameTimes.begin(page);
            change(controller.fleet(), ROUNDS);
            FrameTimes.tell(page, results);
        }
        Files.writeString(Path.of(System.getProperty("dashboard.busy")), results.encodePrettily());
    }

    private static Fleet thousand() {
        Set<String> ids = IntStream.rangeClosed(1, NODES)
                .mapToObj(number -> ExampleNodes.arrived(number).id())
                .collect(Collectors.toSet());
        return ExampleNodes.fleet()
                .with(
                        IntStream.rangeClosed(1, NODES)
                                .mapToObj(number -> ExampleNodes.reporting(number, "worker", NodeState.READY)),
                        node -> node)
                .withConnected(ids);
    }

    private static void change(MemoryFleet fleet, int rounds) throws InterruptedException {
        Random random = new Random(1);
        for (int round = 0; round < rounds; round++) {
            List<Integer> numbers =
                    random.ints(AT_ONCE, 1, NODES + 1).distinct().boxed().toList();
            NodeState state = STATES.get(round % STATES.size());
            fleet.become(before -> before.with(numbers.stream().map(number -> heard(number, state)), node -> node));
            TimeUnit.MILLISECONDS.sleep(BETWEEN_MILLIS);
        }
    }

    private static FleetNode heard(int number, NodeState state) {
        FleetNode node = ExampleNodes.reporting(number, "worker", state);
        return node.withReport(node.report(), Instant.now());
    }
}
