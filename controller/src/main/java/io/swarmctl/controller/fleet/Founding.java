package io.swarmctl.controller.fleet;

import io.swarmctl.controller.fleet.Transition.Note;
import java.util.List;
import java.util.Optional;

/** Never two founders, and never none: chooses the node that runs {@code swarm init}, once. */
final class Founding {
    private Founding() {}

    static Fleet choose(Fleet fleet, List<Note> notes) {
        Fleet current = forgetFounderThatIsNone(forgetSwarmThatIsGone(fleet, notes), notes);
        if (current.swarm().founder() != null) {
            return current;
        }
        Optional<FleetNode> founder = current.enrolled().stream()
                .filter(node -> RoleRules.isManager(node) && node.report() != null)
                .min(Suitability.BEST_FIRST);
        if (founder.isEmpty()) {
            return current;
        }
        FleetNode chosen = founder.get();
        notes.add(new Note(chosen.id(), chosen.name() + " is chosen to found the swarm"));
        return current.with(current.swarm().withFounder(chosen.id()));
    }

    /**
     * A founder that a person has removed, revoked or given another role will not found anything. Should it have, in the
     * meantime, nobody has joined it, and its swarm is of an earlier epoch than the next founder's.
     */
    private static Fleet forgetFounderThatIsNone(Fleet fleet, List<Note> notes) {
        SwarmRecord swarm = fleet.swarm();
        String founder = swarm.founder();
        if (founder == null || swarm.clusterId() != null) {
            return fleet;
        }
        boolean stands =
                fleet.enrolled().stream().anyMatch(node -> node.id().equals(founder) && RoleRules.isManager(node));
        if (stands) {
            return fleet;
        }
        notes.add(new Note("", "the chosen founder is no manager any more: another one will found the swarm"));
        return fleet.with(swarm.dissolved());
    }

    /** A swarm is gone when its last manager was told to leave and did: nobody is to manage it and nobody is in it. */
    private static Fleet forgetSwarmThatIsGone(Fleet fleet, List<Note> notes) {
        SwarmRecord swarm = fleet.swarm();
        String clusterId = swarm.clusterId();
        boolean wanted = fleet.enrolled().stream().anyMatch(RoleRules::isManager);
        boolean inhabited =
                clusterId != null && fleet.nodes().values().stream().anyMatch(node -> Members.isIn(node, clusterId));
        if (swarm.founder() == null || wanted || inhabited) {
            return fleet;
        }
        notes.add(new Note("", "the swarm is dissolved: its last node has left"));
        return fleet.with(swarm.dissolved());
    }
}
