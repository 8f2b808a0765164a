package io.swarmctl.controller.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.common.wire.Membership;
import io.swarmctl.controller.api.MemoryFleet;
import io.swarmctl.controller.cache.CacheStatistics;
import io.swarmctl.controller.fleet.ActionRun;
import io.swarmctl.controller.fleet.ExampleNodes;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetStore;
import io.swarmctl.controller.gateway.GatewayCounters;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(ExampleNodes.NOW);

    private final Metrics metrics = new Metrics();

    @Test
    void nodesAreCountedByStateAndAStateWithoutNodesIsThereToo() {
        Fleet fleet = ExampleNodes.fleet(
                        ExampleNodes.inSwarm(1, Membership.MANAGER), ExampleNodes.arrived(2), ExampleNodes.arrived(3))
                .withConnected(Set.of(
                        ExampleNodes.arrived(1).id(), ExampleNodes.arrived(2).id()));
        metrics.addFleet(() -> fleet, () -> 7, CLOCK);

        assertThat(lines())
                .contains(
                        "swarmctl_nodes{state=\"ready\"} 1.0",
                        "swarmctl_nodes{state=\"new\"} 1.0",
                        "swarmctl_nodes{state=\"failed\"} 0.0",
                        "swarmctl_nodes_connected 2.0",
                        "swarmctl_swarm_managers 1.0",
                        "swarmctl_swarm_state{state=\"working\"} 1.0",
                        "swarmctl_swarm_state{state=\"silent\"} 0.0",
                        "swarmctl_planner_waiting_changes 7.0");
    }

    @Test
    void whatNodesDidIsTimedByKindOfActionAndModel() throws IOException {
        FleetStore store = metrics.measured(new MemoryFleet(CLOCK, ExampleNodes.fleet()));

        store.appendRuns(List.of(run("set hostname pi-001", 400, true), run("set hostname pi-002", 70_000, false)));

        assertThat(lines())
                .contains(
                        "swarmctl_action_seconds_count{action=\"set hostname\",model=\"3B\",result=\"done\"} 1",
                        "swarmctl_action_seconds_bucket{action=\"set hostname\",model=\"3B\",result=\"failed\",le=\"60.0\"} 0",
                        "swarmctl_action_seconds_bucket{action=\"set hostname\",model=\"3B\",result=\"failed\",le=\"120.0\"} 1",
                        "swarmctl_store_write_seconds_count{what=\"runs\"} 1");
    }

    private static ActionRun run(String action, long millis, boolean ok) {
        return new ActionRun("id", "3B", action, ExampleNodes.NOW, millis, ok);
    }

    @Test
    void aWriteThatFailsIsCountedAsThat() {
        FleetStore full = (FleetStore) Proxy.newProxyInstance(
                MetricsTest.class.getClassLoader(), new Class<?>[] {FleetStore.class}, (proxy, method, arguments) -> {
                    throw new IOException("the disk is full");
                });
        FleetStore store = metrics.measured(full);

        assertThatThrownBy(() -> store.save(ExampleNodes.fleet(), ExampleNodes.fleet(), List.of()))
                .hasMessage("the disk is full");

        assertThat(lines()).contains("swarmctl_store_failures_total{what=\"fleet\"} 1.0");
    }

    @Test
    void stepsOfTheFleetsThreadAreCountedWithWhatTheyDid() {
        metrics.planner().stepped(3, 2, Duration.ofMillis(4).toNanos());
        metrics.planner().stepped(1, 0, Duration.ofMillis(1).toNanos());

        assertThat(lines())
                .contains(
                        "swarmctl_planner_changes_total 4.0",
                        "swarmctl_planner_specs_total 2.0",
                        "swarmctl_planner_step_seconds_bucket{le=\"0.001\"} 1",
                        "swarmctl_planner_step_seconds_count 2");
    }

    @Test
    void theGatewaysCountersAndTheJvmAreThere() {
        metrics.addGateway(new Counted());

        assertThat(lines())
                .contains(
                        "swarmctl_gateway_messages_total{rule=\"map set\"} 12.0",
                        "swarmctl_gateway_bytes_total 3400.0",
                        "swarmctl_gateway_violations_total 1.0")
                .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"));
    }

    @Test
    void thePackageCacheIsTold() {
        CacheStatistics statistics = new CacheStatistics(
                true,
                12,
                5_000,
                10_000,
                1,
                7,
                3,
                2,
                0,
                1,
                0,
                0,
                0,
                0,
                0,
                4_000,
                Map.of("deb.debian.org", new CacheStatistics.Host(4, 3_000, 0)));
        metrics.addCache(() -> statistics);
        metrics.addPackageTurns(() -> 50, () -> 950);

        assertThat(lines())
                .contains(
                        "swarmctl_cache_files 12.0",
                        "swarmctl_cache_requests_total{answer=\"hit\"} 7.0",
                        "swarmctl_cache_requests_total{answer=\"stale\"} 1.0",
                        "swarmctl_cache_nodes_fetching 50.0",
                        "swarmctl_cache_nodes_waiting 950.0",
                        "swarmctl_cache_upstream_bytes_total{host=\"deb.debian.org\"} 3000.0");
    }

    private List<String> lines() {
        return metrics.text().lines().toList();
    }

    private static final class Counted implements GatewayCounters {
        @Override
        public Map<String, Long> messages() {
            return Map.of("map set", 12L);
        }

        @Override
        public long bytes() {
            return 3_400;
        }

        @Override
        public long waits() {
            return 0;
        }

        @Override
        public long violations() {
            return 1;
        }

        @Override
        public long refusedConnections() {
            return 0;
        }
    }
}
