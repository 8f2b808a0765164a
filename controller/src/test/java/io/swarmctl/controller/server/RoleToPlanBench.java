package io.swarmctl.controller.server;

import static org.awaitility.Awaitility.await;

import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.Transition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long it takes from an assigned role until the agent begins its plan, with all agents connected. */
@Tag("bench")
class RoleToPlanBench {
    private static final int AGENTS = Integer.getInteger("agents", 100);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Test
    void roleToBegunPlan(@TempDir Path directory) throws Exception {
        TestFleet fleet = new TestFleet(directory);
        try {
            measure(fleet);
        } finally {
            fleet.close();
        }
    }

    private static void measure(TestFleet fleet) throws Exception {
        Map<String, Long> begun = new ConcurrentHashMap<>();
        fleet.onApply((serial, action) -> {
            if (action instanceof Action.JoinSwarm) {
                begun.putIfAbsent(serial, System.nanoTime());
            }
        });
        String key = fleet.enrolmentKey(AGENTS);
        for (int i = 0; i < AGENTS; i++) {
            fleet.boot("serial-" + i, key);
        }
        await().atMost(PATIENCE)
                .until(() -> fleet.fleet().enrolled().stream()
                                .filter(RoleToPlanBench::isReady)
                                .count()
                        == AGENTS);
        assign(fleet, "serial-0", "manager");
        await().atMost(PATIENCE)
                .until(() -> fleet.fleet().swarm().tokens() != null
                        && fleet.node("serial-0").report().state() == NodeState.READY);

        double[] millis = new double[AGENTS - 1];
        for (int i = 1; i < AGENTS; i++) {
            String serial = "serial-" + i;
            long assigned = System.nanoTime();
            assign(fleet, serial, "worker");
            await().pollInterval(Duration.ofMillis(2)).atMost(PATIENCE).until(() -> begun.containsKey(serial));
            millis[i - 1] = (begun.get(serial) - assigned) / 1e6;
        }
        Arrays.sort(millis);
        System.out.printf(
                Locale.ROOT,
                "role to begun plan, %d agents connected: p50 %.1f ms, p99 %.1f ms, max %.1f ms%n",
                AGENTS,
                millis[millis.length / 2],
                millis[(int) Math.ceil(millis.length * 0.99) - 1],
                millis[millis.length - 1]);
    }

    private static Fleet assign(TestFleet fleet, String serial, String role) throws Exception {
        return fleet.change(current -> Transition.silent(
                current.with(current.node(serial).orElseThrow().withRole(role))));
    }

    private static boolean isReady(FleetNode node) {
        return node.report() != null && node.report().state() == NodeState.READY;
    }
}
