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
    private static final int SEEDS = Integer.getInteger("test.seeds", 500);

    static LongStream seeds() {
        return LongStream.rangeClosed(1, SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyOrderOfArrivalsAndLossesEndsAtAFixedPointWithOneSwarm(long seed) {
        Random random = new Random(seed);
        int boards = 1 + random.nextInt(7);
        PureFleet fleet = new PureFleet();
        Fate fate = new Fate(fleet, random, boards);
        fate.standingRule(1 + random.nextInt(5));
        for (int event = 0; event < 60; event++) {
            fate.arrivalOrLossOfContact();
        }
        fate.everybodyIsThere();
        fleet.settle();

        assertThat(fleet.swarms.founded()).as("seed %d: swarms founded", seed).isEqualTo(1);
        assertThat(fleet.fleet().enrolled()).hasSize(boards);
        assertOneSwarm(fleet, seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void lossesRoleChangesRestartsAndRecoveriesEndWithOneSwarmAndNeverTwoFoundersInAnEpoch(long seed) {
        Random random = new Random(seed);
        PureFleet fleet = new PureFleet();
        Fate fate = fate(fleet, random);
        for (int event = 0; event < 100; event++) {
            fate.anythingButARestore();
        }
        fate.everybodyIsThere();
        fate.aPersonSetsItRight();

        assertOneSwarm(fleet, seed);
        assertThat(fleet.foundersByEpoch().values())
                .as("seed %d: %s", seed, fleet.describe())
                .allSatisfy(founders -> assertThat(founders).hasSize(1));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyOrderWithRestoresOfOlderStatesEndsWithOneSwarm(long seed) {
        Random random = new Random(seed);
        PureFleet fleet = new PureFleet();
        Fate fate = fate(fleet, random);
        for (int event = 0; event < 100; event++) {
            fate.anything();
        }
        fate.everybodyIsThere();
        fate.aPersonSetsItRight();

        assertOneSwarm(fleet, seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aRestoredControllerFindsTheSwarmAgainAndNeverFoundsAnother(long seed) {
        Random random = new Random(seed);
        PureFleet fleet = new PureFleet();
        Fate fate = fate(fleet, random);
        List<Fleet> backups = new ArrayList<>();
        for (int event = 0; event < 80; event++) {
            fate.arrivalOrLossOfContact();
            backups.add(fleet.fleet());
        }
        fate.everybodyIsThere();
        fate.aPersonSetsItRight();
        String clusterId = fleet.fleet().swarm().clusterId();

        fate.restore(backups.get(random.nextInt(backups.size())));
        for (int event = 0; event < 40; event++) {
            fate.arrivalOrLossOfContact();
        }
        fate.everybodyIsThere();
        fate.aPersonSetsItRight();

        assertOneSwarm(fleet, seed);
        assertThat(fleet.swarms.founded())
                .as("seed %d: %s", seed, fleet.describe())
                .isEqualTo(1);
        assertThat(fleet.fleet().swarm().clusterId()).isEqualTo(clusterId);
    }

    /** Two to seven boards, with the standing rule or without. */
    private static Fate fate(PureFleet fleet, Random random) {
        Fate fate = new Fate(fleet, random, 2 + random.nextInt(6));
        if (random.nextBoolean()) {
            fate.standingRule(1 + random.nextInt(3));
        }
        return fate;
    }

    private static void assertOneSwarm(PureFleet fleet, long seed) {
        String clusterId = fleet.fleet().swarm().clusterId();
        assertThat(fleet.fleet().enrolled())
                .as("seed %d: %s", seed, fleet.describe())
                .allMatch(node -> node.role() != null)
                .allMatch(node -> node.report().state() == NodeState.READY)
                .allMatch(node -> fleet.facts(node.id()).swarm().isIn(clusterId))
                .allMatch(node ->
                        fleet.facts(node.id()).swarm().manager() == node.role().equals("manager"));
        assertThat(fleet.swarms.breaches())
                .as("seed %d: %s", seed, fleet.describe())
                .isEmpty();
        assertThat(fleet.plans()).as("seed %d: %s", seed, fleet.describe()).allMatch(plan -> plan.converged());
        fleet.pass(Duration.ofHours(1));
        fleet.settle();
        assertThat(fleet.fleet().swarm().clusterId()).isEqualTo(clusterId);
    }
}
