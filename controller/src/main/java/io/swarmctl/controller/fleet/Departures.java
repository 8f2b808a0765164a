package io.swarmctl.controller.fleet;

import io.swarmctl.common.wire.Chore;
import io.swarmctl.controller.fleet.NodeGoal.SwarmGoal;
import io.swarmctl.controller.fleet.Transition.Note;
import java.util.List;

/** Ends what has gone: nodes on their way out, and entries in the swarm's list of nodes that will not come back. */
final class Departures {
    private Departures() {}

    static Fleet complete(Fleet fleet, List<Note> notes) {
        Fleet current = fleet;
        for (FleetNode node : fleet.nodes().values()) {
            if (node.status() == FleetNode.Status.REMOVING && isOut(fleet, node)) {
                current = current.without(node);
                notes.add(new Note(node.id(), node.name() + " is removed"));
                continue;
            }
            FleetNode settled = Adoption.withoutUsedWord(node);
            current = settled.equals(node) ? current : current.with(settled);
        }
        return current.with(withoutDoneFarewells(current));
    }

    private static boolean isOut(Fleet fleet, FleetNode node) {
        return fleet.swarm().ownClusterIds().stream().noneMatch(clusterId -> Members.isIn(node, clusterId));
    }

    private static SwarmRecord withoutDoneFarewells(Fleet fleet) {
        SwarmRecord swarm = fleet.swarm();
        String clusterId = swarm.clusterId();
        if (swarm.farewells().isEmpty() || clusterId == null) {
            return swarm;
        }
        List<FleetNode> witnesses = Members.workingManagers(fleet, clusterId).toList();
        List<String> open = swarm.farewells().stream()
                .filter(id -> witnesses.stream().anyMatch(witness -> Members.lists(witness, id))
                        || witnesses.stream().noneMatch(witness -> hasLookedFor(witness, id)))
                .toList();
        return open.equals(swarm.farewells()) ? swarm : swarm.withFarewells(open);
    }

    /**
     * Whether a manager was told to forget that entry, and has reported since. What it said before tells nothing: a node
     * that leaves as soon as it has joined may never have been in a report.
     */
    private static boolean hasLookedFor(FleetNode witness, String swarmNodeId) {
        NodeGoal goal = witness.goal();
        return goal != null
                && goal.swarm() instanceof SwarmGoal.Member member
                && member.chores().contains(new Chore.Forget(swarmNodeId))
                && Members.hasAnsweredSpec(witness);
    }
}
