package io.swarmctl.controller.fleet;

import java.util.ArrayList;
import java.util.List;

/** What people do with several nodes at once: with all of them, or with none. */
public enum NodeChange {
    /** Lets in who waits for a person's word. */
    APPROVE,
    /** Sends away who waits. */
    REFUSE,
    /** Shuts nodes out. */
    REVOKE,
    /** Lets nodes leave the foreign swarms that they are in. */
    ADOPT,
    /** Takes nodes out of the fleet, once they have left the swarm. */
    REMOVE,
    /** Takes nodes out of the fleet at once: they never come back. */
    FORGET;

    /** @throws FleetException when there is no such node, or it cannot be done with one of them */
    public Transition apply(Fleet fleet, List<String> namesOrIds) throws FleetException {
        Fleet after = fleet;
        List<Transition.Note> notes = new ArrayList<>();
        for (FleetNode node : Nodes.find(fleet, namesOrIds)) {
            Transition one = apply(after, node.id());
            after = one.fleet();
            notes.addAll(one.notes());
        }
        return new Transition(after, notes);
    }

    private Transition apply(Fleet fleet, String id) throws FleetException {
        return switch (this) {
            case APPROVE -> NodeCommands.approve(fleet, id);
            case REFUSE -> NodeCommands.refuse(fleet, id);
            case REVOKE -> NodeCommands.revoke(fleet, id);
            case ADOPT -> Adoption.adopt(fleet, List.of(id));
            case REMOVE -> NodeCommands.remove(fleet, id, false);
            case FORGET -> NodeCommands.remove(fleet, id, true);
        };
    }
}
