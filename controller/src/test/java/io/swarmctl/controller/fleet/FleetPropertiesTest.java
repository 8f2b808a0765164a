package io.swarmctl.controller.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.wire.NodeState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens in whatever order: one swarm, every node where it belongs, and then nothing left to do. */
class FleetPropertiesTest {
    private static final int SEEDS = 500;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyOrderOfArrivalsAndLossesEndsAtAFixedPointWithOneSwarm(long seed) {
        Random random = new Random(seed);
        int boards = 1 + random.nextInt(7);
        int managers = 1 + random.nextInt(5);
        PureFleet fleet = new PureFleet();
        fleet.change(
                current -> Transition.silent(current.with(current.policy().withAuto(new Policy.Auto(managers, 30)))));
        List<String> toCome = new ArrayList<>();
        for (int i = 1; i <= boards; i++) {
            toCome.add("serial-" + i);
        }
        List<String> there = new ArrayList<>();
        for (int event = 0; event < 60; event++) {
            happen(fleet, random, toCome, there);
        }
        toCome.forEach(fleet::boot);
        there.addAll(toCome);
        there.forEach(fleet::connect);
        fleet.pass(Duration.ofMinutes(1));
        fleet.settle();

        assertThat(fleet.swarms.founded()).as("seed %d: swarms founded", seed).isEqualTo(1);
        assertThat(fleet.fleet().enrolled())
                .as("seed %d: %s", seed, fleet.describe())
                .hasSize(boards)
                .allMatch(node -> node.role() != null)
                .allMatch(node -> node.report().state() == NodeState.READY)
                .allMatch(node ->
                        node.report().facts().swarm().isIn(fleet.fleet().swarm().clusterId()))
                .allMatch(node ->
                        node.report().facts().swarm().manager() == node.role().equals("manager"));
        assertThat(fleet.plans()).allMatch(plan -> plan.converged());
    }

    private static void happen(PureFleet fleet, Random random, List<String> toCome, List<String> there) {
        switch (random.nextInt(6)) {
            case 0 -> {
                if (!toCome.isEmpty()) {
                    String serial = toCome.remove(random.nextInt(toCome.size()));
                    fleet.boot(serial);
                    there.add(serial);
                }
            }
            case 1 -> fleet.pass(Duration.ofSeconds(random.nextInt(40)));
            case 2 -> {
                if (!there.isEmpty()) {
                    fleet.disconnect(there.get(random.nextInt(there.size())));
                }
            }
            case 3 -> {
                if (!there.isEmpty()) {
                    fleet.connect(there.get(random.nextInt(there.size())));
                }
            }
            default -> {
                if (!there.isEmpty()) {
                    fleet.step(there.get(random.nextInt(there.size())));
                }
            }
        }
    }
}
