package io.swarmctl.controller.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.Report;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.controller.api.Access.Level;
import io.swarmctl.controller.api.TestController;
import io.swarmctl.controller.fleet.ExampleNodes;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetNode;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How quick the dashboard is with 1,000 nodes of which a hundred change state every tenth of a second: from the fleet's
 * change to the frame that shows it.
 */
@Tag("bench")
class DashboardBench {
    private static final int NODES = 1_000;
    private static final int AT_ONCE = 100;
    private static final int ROUNDS = 150;
    private static final long BETWEEN_MILLIS = 100;

    /** Notes when which tile was first drawn with which state, and every task of over 50 ms. */
    private static final String WATCH = """
            window.drawn = {}; window.long = []; window.first = 0;
            new PerformanceObserver((list) => list.getEntries().forEach((e) => window.long.push([e.startTime, e.duration])))
              .observe({type: 'longtask', buffered: true});
            const look = () => {
              for (const tile of document.querySelectorAll('a.tile')) {
                if (!window.first) window.first = performance.now();
                const key = tile.title;
                if (window.drawn[key] === undefined) window.drawn[key] = Date.now();
              }
              requestAnimationFrame(look);
            };
            requestAnimationFrame(look);""";

    @Test
    void aThousandNodesChangeState() throws Exception {
        try (TestController controller = new TestController(thousand(), "localhost");
                Chromium chromium = Chromium.start()) {
            // Once before, so that the controller's own code is warm, as after its first minute.
            chromium.open()
                    .window(1280, 800, false)
                    .login(controller.url() + "/", TestController.TOKENS.get(Level.VIEWER));
            Page page = chromium.open().window(1280, 800, false).first(WATCH);
            page.login(controller.url() + "/", TestController.TOKENS.get(Level.VIEWER))
                    .until("window.first");
            page.go("about:blank").go(controller.url() + "/").until("window.first");
            double paint = number(page.ask("window.first"));
            page.ask("window.long.length = 0");

            List<Long> latencies = changing(controller, page);
            double longest = number(page.ask("Math.max(0, ...window.long.map((task) => task[1]))"));
            double over = number(page.ask("window.long.filter((task) => task[1] > 100).length"));
            latencies.sort(Long::compare);
            System.out.println(JsonObject.of(
                            "nodes", NODES,
                            "firstTilesMillis", Math.round(paint),
                            "changesSeen", latencies.size(),
                            "medianMillis", latencies.get(latencies.size() / 2),
                            "p95Millis", latencies.get(latencies.size() * 95 / 100),
                            "longestTaskMillis", Math.round(longest),
                            "tasksOver100Millis", Math.round(over))
                    .encode());
            assertThat(latencies).hasSizeGreaterThan(ROUNDS);
        }
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    private static Fleet thousand() {
        Fleet fleet = ExampleNodes.fleet();
        return fleet.with(
                        IntStream.rangeClosed(1, NODES)
                                .mapToObj(number -> ExampleNodes.reporting(number, "worker", NodeState.READY)),
                        node -> node)
                .withConnected(new HashSet<>(IntStream.rangeClosed(1, NODES)
                        .mapToObj(number -> ExampleNodes.arrived(number).id())
                        .toList()));
    }

    private static List<Long> changing(TestController controller, Page page) throws InterruptedException {
        Random random = new Random(1);
        Map<String, Long> changed = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            int now = round;
            List<Integer> numbers =
                    random.ints(AT_ONCE, 1, NODES + 1).distinct().boxed().toList();
            long at = System.currentTimeMillis();
            controller
                    .fleet()
                    .become(fleet -> fleet.with(numbers.stream().map(number -> busy(number, now)), node -> node));
            numbers.forEach(number -> changed.put(mark(number, now), at));
            Thread.sleep(BETWEEN_MILLIS);
        }
        JsonObject drawn =
                new JsonObject(page.ask("JSON.stringify(window.drawn)").toString());
        List<Long> latencies = new ArrayList<>();
        for (String title : drawn.fieldNames()) {
            Long at = changed.get(title.substring(title.lastIndexOf(' ') + 1));
            if (at != null) {
                latencies.add(drawn.getLong(title) - at);
            }
        }
        return latencies;
    }

    private static String mark(int number, int round) {
        return number + "-" + round;
    }

    /** Waits for something that tells the change from all others. */
    private static FleetNode busy(int number, int round) {
        FleetNode node = ExampleNodes.reporting(number, "worker", NodeState.WAITING);
        Report told = ExampleNodes.report(node, NodeState.WAITING, SwarmFacts.inactive());
        return node.withReport(
                new Report(
                        told.nodeId(),
                        told.number(),
                        told.agentVersion(),
                        told.epoch(),
                        told.generation(),
                        told.state(),
                        told.facts(),
                        told.plan(),
                        told.findings(),
                        told.outcomes(),
                        null,
                        mark(number, round),
                        null,
                        null),
                ExampleNodes.NOW);
    }
}
