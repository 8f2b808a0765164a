package io.swarmctl.controller.fleet;

import io.swarmctl.common.plan.Quorum;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.common.wire.SwarmNode;
import io.swarmctl.controller.fleet.NodeGoal.SwarmGoal;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * How the fleet's swarm stands, as far as the controller knows.
 *
 * @param managers how many the swarm's list has, as a connected manager last told; 0 when none told
 * @param reachable how many of them reach each other
 * @param waitingFor what ends a state in which the swarm does not work; else empty
 */
public record SwarmStanding(State state, int managers, int reachable, String waitingFor) {
    /** The one word for it. */
    public enum State {
        NONE,
        FOUNDING,
        RECOVERING,
        /** A connected manager says that there is a leader: so most managers agree. */
        WORKING,
        /** No connected manager says so. */
        SILENT;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static SwarmStanding of(Fleet fleet) {
        SwarmRecord swarm = fleet.swarm();
        String clusterId = swarm.clusterId();
        if (clusterId == null) {
            State state =
                    swarm.founder() == null ? State.NONE : swarm.lost() == null ? State.FOUNDING : State.RECOVERING;
            return new SwarmStanding(state, 0, 0, reason(Holds.beforeFounding(fleet)));
        }
        SwarmFacts told = witness(fleet)
                .filter(fleet::isConnected)
                .flatMap(node -> Members.swarmFacts(node).stream().findFirst())
                .orElse(SwarmFacts.inactive());
        Quorum quorum = Quorum.of(told);
        boolean works = told.nodes().stream().anyMatch(SwarmNode::leader);
        return new SwarmStanding(
                works ? State.WORKING : State.SILENT,
                quorum.managers(),
                quorum.reachable(),
                works ? "" : reason(Holds.aManager(fleet, clusterId)));
    }

    /** The manager of the fleet's swarm that was heard last, a connected one before others. */
    public static Optional<FleetNode> witness(Fleet fleet) {
        String clusterId = fleet.swarm().clusterId();
        return clusterId == null
                ? Optional.empty()
                : fleet.nodes().values().stream()
                        .filter(node -> Members.isIn(node, clusterId) && !Members.isOfEarlierEpoch(fleet, node))
                        .filter(node -> Members.swarmFacts(node).stream()
                                .anyMatch(facts -> !facts.nodes().isEmpty()))
                        .max(Comparator.comparing(fleet::isConnected)
                                .thenComparing(FleetNode::seenAt, Comparator.nullsFirst(Comparator.naturalOrder())));
    }

    /** Whether a node manages one of the fleet's swarms, by its own word, or has the role of a manager. */
    public static boolean managesOrIsTo(Fleet fleet, FleetNode node) {
        return RoleRules.isManager(node) || (Nodes.swarmNodeId(fleet, node).isPresent() && Members.manages(node));
    }

    private static String reason(SwarmGoal goal) {
        return goal instanceof SwarmGoal.Hold hold ? hold.reason() : "";
    }
}
