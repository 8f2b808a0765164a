package io.swarmctl.controller.fleet;

import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.Report;
import io.swarmctl.common.wire.SwarmOrigin;
import io.swarmctl.controller.fleet.FleetNode.Status;
import io.swarmctl.controller.fleet.FleetNode.Written;
import io.swarmctl.controller.fleet.Transition.Note;
import java.util.ArrayList;
import java.util.List;

/**
 * What a controller does that was restored from an older state. It cannot know that it was until a node shows it a spec
 * that it has signed and forgotten. So after every start it tells a node nothing new before that node has spoken, and
 * nothing new to a node that follows a later spec before it has seen that spec.
 */
public final class Epochs {
    private Epochs() {}

    /** Whether the controller knows what that node was told last, so that a new spec is not built on a forgotten one. */
    static boolean mayTell(Fleet fleet, FleetNode node) {
        return node.goal() == null || !(fleet.unheard().contains(node.id()) || followsNewer(node));
    }

    /** Enrolled nodes that may have been told what the controller has forgotten: also those that have just come in. */
    static List<FleetNode> unclear(Fleet fleet) {
        return fleet.enrolled().stream()
                .filter(node -> !mayTell(fleet, node) || (fleet.isConnected(node) && node.report() == null))
                .toList();
    }

    /** Whether the node says that it follows a later spec than the controller remembers. */
    static boolean followsNewer(FleetNode node) {
        Report report = node.report();
        NodeSpec spec = node.spec();
        return report != null
                && spec != null
                && (report.epoch() > spec.epoch()
                        || (report.epoch() == spec.epoch() && report.generation() > spec.generation()));
    }

    /**
     * The fleet once a node has shown the spec that it follows. When that is news, the controller was restored from an
     * older state: it takes from the spec what it has forgotten of this node and of the swarm, and all later specs get
     * an epoch above it. Everything else stays as it was restored.
     *
     * @param followed whose signature has been found to be this controller's own
     */
    public static Transition learn(Fleet fleet, NodeSpec followed) {
        FleetNode node = fleet.nodes().get(followed.nodeId());
        if (node == null || !mayShow(node) || !isForgotten(node, followed)) {
            return Transition.silent(fleet);
        }
        List<Note> notes = new ArrayList<>();
        Fleet raised = fleet;
        if (followed.epoch() >= fleet.epoch()) {
            raised = fleet.withEpoch(followed.epoch() + 1);
            notes.add(
                    new Note("", reason(node, followed) + "; all specs are written anew, in epoch " + raised.epoch()));
        }
        FleetNode remembered = remember(node, followed, notes);
        SwarmRecord swarm = remember(fleet.swarm(), followed, notes);
        return new Transition(raised.with(remembered).with(swarm), notes);
    }

    /** A node that is new to the controller may be one that was removed: nothing is kept of those. */
    private static String reason(FleetNode node, NodeSpec followed) {
        String forgotten = node.name() + " follows spec " + followed.epoch() + "." + followed.generation()
                + ", which it does not remember";
        return node.spec() == null
                ? "this controller has removed a node that is back, or was restored from an older state: " + forgotten
                : "this controller was restored from an older state: " + forgotten;
    }

    private static boolean mayShow(FleetNode node) {
        return node.status() == Status.ENROLLED || node.status() == Status.REMOVING;
    }

    private static boolean isForgotten(FleetNode node, NodeSpec followed) {
        NodeSpec known = node.spec();
        return known == null || !(known.equals(followed) || known.isNewerThan(followed));
    }

    /**
     * A worker goes on being one. A manager's role is never given back by itself: whoever has it can take over the
     * swarm, and a card that was thrown out may follow an old spec.
     */
    private static FleetNode remember(FleetNode node, NodeSpec followed, List<Note> notes) {
        FleetNode written = node.with(new Written(null, followed));
        boolean lacksRole = node.status() == Status.ENROLLED && node.role() == null && followed.role() != null;
        if (!lacksRole) {
            return written;
        }
        FleetNode restored = written.withRole(followed.role());
        if (!RoleRules.isManager(restored)) {
            return restored;
        }
        notes.add(new Note(
                node.id(),
                node.name() + " was a manager: if it is to be one again, swarmctl roles assign manager "
                        + node.name()));
        return written;
    }

    private static SwarmRecord remember(SwarmRecord swarm, NodeSpec followed, List<Note> notes) {
        SwarmOrigin origin = followed.swarm().origin();
        List<String> others = followed.swarm().ownClusterIds();
        boolean later = origin.epoch() > swarm.founderEpoch();
        boolean further = origin.epoch() == swarm.founderEpoch()
                && origin.clusterId() != null
                && swarm.clusterId() == null
                && swarm.lost() == null;
        if (!later && !further) {
            return swarm.withOwn(others);
        }
        if (origin.clusterId() != null) {
            notes.add(new Note("", "the fleet's swarm is " + origin.clusterId() + ", as this controller had signed"));
        }
        return swarm.adopted(origin, others);
    }
}
