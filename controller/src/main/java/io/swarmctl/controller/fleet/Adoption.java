package io.swarmctl.controller.fleet;

import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.common.wire.SwarmState;
import io.swarmctl.controller.fleet.FleetException.Reason;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Nodes that are in a swarm which never was the fleet's: they are left alone until a person says otherwise. */
public final class Adoption {
    private Adoption() {}

    /**
     * Lets nodes leave the foreign swarms that they are in, for good: what runs there on them ends.
     *
     * @throws FleetException when there is no such node, or one of them is in no foreign swarm
     */
    public static Transition adopt(Fleet fleet, List<String> namesOrIds) throws FleetException {
        Fleet after = fleet;
        List<Transition.Note> notes = new ArrayList<>();
        for (FleetNode node : Nodes.find(fleet, namesOrIds)) {
            String swarm = foreignSwarm(fleet, node);
            if (swarm.isEmpty()) {
                throw new FleetException(
                        Reason.CONFLICT,
                        node.name() + " is in no swarm but this fleet's",
                        "see what it is in: swarmctl nodes show " + node.name());
            }
            if (!swarm.equals(node.marks().foreignSwarm())) {
                after = after.with(node.with(node.marks().leaving(swarm)));
                notes.add(new Transition.Note(node.id(), node.name() + " may leave the foreign swarm " + swarm));
            }
        }
        return new Transition(after, notes);
    }

    /** Whether the node is in a foreign swarm, and nobody has said that it may leave that. */
    public static boolean needsWord(Fleet fleet, FleetNode node) {
        String swarm = foreignSwarm(fleet, node);
        return !swarm.isEmpty() && !swarm.equals(node.marks().foreignSwarm());
    }

    /** Ids of the swarms that the node may leave. */
    static List<String> mayLeave(Fleet fleet, FleetNode node) {
        if (node.marks().foreignSwarm().isEmpty()) {
            return fleet.swarm().ownClusterIds();
        }
        Set<String> all = new LinkedHashSet<>(fleet.swarm().ownClusterIds());
        all.add(node.marks().foreignSwarm());
        return List.copyOf(all);
    }

    /** The word holds for that swarm once: whoever puts the node into it again is to be asked again. */
    static FleetNode withoutUsedWord(FleetNode node) {
        boolean left = !node.marks().foreignSwarm().isEmpty()
                && node.report() != null
                && node.report().facts().docker().answers()
                && !node.report().facts().swarm().isIn(node.marks().foreignSwarm());
        return left ? node.with(node.marks().leaving("")) : node;
    }

    /** Id of the foreign swarm that the node says it is in; empty when it is in none. */
    private static String foreignSwarm(Fleet fleet, FleetNode node) {
        for (SwarmFacts swarm : Members.swarmFacts(node)) {
            boolean own = swarm.fleetId().equals(fleet.id())
                    || fleet.swarm().ownClusterIds().contains(swarm.clusterId());
            if (swarm.state() != SwarmState.INACTIVE && !own) {
                return swarm.clusterId();
            }
        }
        return "";
    }
}
