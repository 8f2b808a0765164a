package io.swarmctl.controller.fleet;

import io.swarmctl.common.wire.Membership;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.controller.fleet.FleetException.Reason;
import io.swarmctl.controller.text.NameRanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Questions about a fleet's nodes that several commands ask. */
public final class Nodes {
    private Nodes() {}

    /**
     * The node of that name or id.
     *
     * @throws FleetException when there is none
     */
    public static FleetNode find(Fleet fleet, String nameOrId) throws FleetException {
        Optional<FleetNode> found = fleet.named(nameOrId).or(() -> fleet.node(nameOrId));
        if (found.isPresent()) {
            return found.get();
        }
        List<String> known = fleet.nodes().values().stream()
                .flatMap(node -> List.of(node.name(), node.id()).stream())
                .toList();
        throw new FleetException(
                Reason.UNKNOWN,
                "there is no node " + nameOrId,
                NameRanges.hint(nameOrId, known, "see the names with: swarmctl nodes list"));
    }

    /** @throws FleetException when one of them does not exist */
    public static List<FleetNode> find(Fleet fleet, List<String> namesOrIds) throws FleetException {
        if (namesOrIds.isEmpty()) {
            throw new FleetException(Reason.INVALID, "no node is named", "name one or more nodes");
        }
        List<FleetNode> found = new ArrayList<>();
        for (String nameOrId : namesOrIds) {
            found.add(find(fleet, nameOrId));
        }
        return found.stream().distinct().toList();
    }

    /** Docker's id of a node that says it is in one of the fleet's swarms. */
    public static Optional<String> swarmNodeId(Fleet fleet, FleetNode node) {
        return ownSwarm(fleet, node).map(SwarmFacts::nodeId).filter(id -> !id.isEmpty());
    }

    /**
     * What the node is in the swarm, or is about to be: a node that was told to join may have joined since its last
     * report.
     */
    public static Optional<Membership> membership(Fleet fleet, FleetNode node) {
        Optional<Membership> reported =
                ownSwarm(fleet, node).map(swarm -> swarm.manager() ? Membership.MANAGER : Membership.WORKER);
        return reported.or(() -> told(node));
    }

    private static Optional<SwarmFacts> ownSwarm(Fleet fleet, FleetNode node) {
        if (node.report() == null) {
            return Optional.empty();
        }
        SwarmFacts swarm = node.report().facts().swarm();
        boolean own = !swarm.clusterId().isEmpty()
                && (fleet.swarm().ownClusterIds().contains(swarm.clusterId())
                        || swarm.fleetId().equals(fleet.id()));
        return own ? Optional.of(swarm) : Optional.empty();
    }

    private static Optional<Membership> told(FleetNode node) {
        NodeGoal goal = node.goal();
        if (goal != null && goal.swarm() instanceof NodeGoal.SwarmGoal.Found) {
            return Optional.of(Membership.MANAGER);
        }
        if (goal != null && goal.swarm() instanceof NodeGoal.SwarmGoal.Join join) {
            return Optional.of(join.membership());
        }
        return Optional.empty();
    }

    /** The fleet with that node's entry in the swarm marked for removal, if it has one. */
    static Fleet withFarewell(Fleet fleet, FleetNode node) {
        Optional<String> id = swarmNodeId(fleet, node);
        if (id.isEmpty() || fleet.swarm().farewells().contains(id.get())) {
            return fleet;
        }
        List<String> farewells = new ArrayList<>(fleet.swarm().farewells());
        farewells.add(id.get());
        return fleet.with(fleet.swarm().withFarewells(farewells));
    }
}
