package io.swarmctl.controller.fleet;

import static io.swarmctl.controller.fleet.ExampleNodes.arrived;
import static io.swarmctl.controller.fleet.ExampleNodes.inSwarm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.common.wire.JoinTokens;
import io.swarmctl.common.wire.Membership;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.Report;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.common.wire.SwarmState;
import io.swarmctl.controller.fleet.NodeGoal.SwarmGoal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A node in a swarm that never was the fleet's is left alone, until a person says that it may leave. */
class AdoptionTest {
    private static final String FOREIGN = "foreignforeignforeignfore";
    private static final List<String> SECOND = List.of("pi-002");

    @Test
    void withoutAPersonsWordItWaitsWhateverItReports() {
        for (NodeState state : List.of(NodeState.WAITING, NodeState.BLOCKED)) {
            assertThat(goal(fleet(in(FOREIGN, state))).swarm())
                    .as("reported %s", state)
                    .isEqualTo(new SwarmGoal.Hold("a person's word: it is in a swarm that is not this fleet's;"
                            + " if nothing there is needed any more: swarmctl nodes adopt pi-002"));
        }
    }

    @Test
    void afterItItMayLeaveThatSwarmAndJoinsTheFleets() throws FleetException {
        Transition adopted = Adoption.adopt(fleet(in(FOREIGN, NodeState.WAITING)), SECOND);

        assertThat(adopted.notes())
                .extracting(Transition.Note::text)
                .containsExactly("pi-002 may leave the foreign swarm " + FOREIGN);
        assertThat(goal(adopted.fleet()).ownClusterIds()).containsExactly(ExampleNodes.CLUSTER, FOREIGN);
        assertThat(goal(adopted.fleet()).swarm()).isInstanceOf(SwarmGoal.Join.class);
    }

    @Test
    void theWordHoldsOnce() throws FleetException {
        Fleet adopted =
                Adoption.adopt(fleet(in(FOREIGN, NodeState.WAITING)), SECOND).fleet();
        FleetNode out = in("", NodeState.READY)
                .with(adopted.named("pi-002").orElseThrow().marks());

        Fleet left = FleetPlanner.plan(adopted.with(out), ExampleNodes.NOW).fleet();

        assertThat(left.named("pi-002").orElseThrow().marks().foreignSwarm()).isEmpty();
    }

    @Test
    void otherNodesOfThatSwarmAreNotMeant() throws FleetException {
        Fleet both = fleet(in(FOREIGN, NodeState.WAITING))
                .with(arrived(3)
                        .withRole("worker")
                        .withReport(report(arrived(3), FOREIGN, NodeState.WAITING), ExampleNodes.NOW));

        Fleet adopted = Adoption.adopt(both, SECOND).fleet();

        assertThat(FleetPlanner.plan(adopted, ExampleNodes.NOW)
                        .goals()
                        .get(arrived(3).id())
                        .ownClusterIds())
                .containsExactly(ExampleNodes.CLUSTER);
    }

    @Test
    void whoIsInNoForeignSwarmIsNotAdopted() {
        assertThatThrownBy(() -> Adoption.adopt(fleet(in(ExampleNodes.CLUSTER, NodeState.READY)), SECOND))
                .isInstanceOf(FleetException.class)
                .hasMessage("pi-002 is in no swarm but this fleet's");
    }

    private static Fleet fleet(FleetNode second) {
        JoinTokens tokens = new JoinTokens(ExampleNodes.CLUSTER, "m", "w");
        return ExampleNodes.fleet(inSwarm(1, Membership.MANAGER), second)
                .with(new SwarmRecord(
                        1,
                        arrived(1).id(),
                        ExampleNodes.CLUSTER,
                        List.of(ExampleNodes.CLUSTER),
                        tokens,
                        List.of(),
                        true,
                        null))
                .withConnected(Set.of(arrived(1).id(), arrived(2).id()));
    }

    private static FleetNode in(String cluster, NodeState state) {
        FleetNode node = arrived(2).withRole("worker");
        return node.withReport(report(node, cluster, state), ExampleNodes.NOW);
    }

    private static Report report(FleetNode node, String cluster, NodeState state) {
        SwarmFacts swarm = cluster.isEmpty()
                ? SwarmFacts.inactive()
                : new SwarmFacts(
                        SwarmState.ACTIVE,
                        false,
                        "x",
                        cluster,
                        "",
                        0,
                        "10.0.0.2",
                        List.of("10.9.9.9:2377"),
                        List.of(),
                        "");
        return ExampleNodes.report(node, state, swarm);
    }

    private static NodeGoal goal(Fleet fleet) {
        return FleetPlanner.plan(fleet, ExampleNodes.NOW).goals().get(arrived(2).id());
    }
}
