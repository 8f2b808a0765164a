package io.swarmctl.controller.fleet;

import io.swarmctl.common.plan.Quorum;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.controller.fleet.NodeGoal.SwarmGoal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What nodes wait for, in words; and, when only a person can end it, what that person has to type. */
final class Holds {
    private static final int MOST_NAMED = 3;

    private Holds() {}

    static SwarmGoal beforeFounding(Fleet fleet) {
        String founder = fleet.swarm().founder();
        if (founder != null) {
            return new SwarmGoal.Hold(theFounder(fleet, founder));
        }
        List<FleetNode> unclear = Epochs.unclear(fleet);
        if (Founding.mayHaveOne(fleet)) {
            return new SwarmGoal.Hold(names(unclear)
                    + " to report, for the fleet may have a swarm already; if it is lost: swarmctl nodes remove --force "
                    + unclear.get(0).name());
        }
        return new SwarmGoal.Hold("a manager: none is assigned yet");
    }

    private static String theFounder(Fleet fleet, String founder) {
        Optional<FleetNode> node = fleet.node(founder);
        String name = node.map(FleetNode::name).orElse(founder);
        if (fleet.swarm().lost() != null) {
            return name + " to recover the swarm" + (isAway(fleet, node) ? ifLost("swarmctl swarm recover") : "");
        }
        String remedy = fleet.swarm().isHearsay() ? "swarmctl swarm recover" : "swarmctl nodes remove --force " + name;
        return name + " to found the swarm" + (isAway(fleet, node) ? ifLost(remedy) : "");
    }

    private static boolean isAway(Fleet fleet, Optional<FleetNode> node) {
        return node.isEmpty() || !fleet.isConnected(node.get());
    }

    private static String ifLost(String remedy) {
        return ", which is not connected; if it is lost: " + remedy;
    }

    /** The swarm is founded, and nobody can be let in. */
    static SwarmGoal aManager(Fleet fleet, String clusterId) {
        List<FleetNode> managing = fleet.nodes().values().stream()
                .filter(node -> Members.isIn(node, clusterId) && Members.manages(node))
                .toList();
        if (managing.isEmpty()) {
            return new SwarmGoal.Hold("a manager of the swarm, and no node says it is one;"
                    + " if the swarm is lost for good: swarmctl swarm recover");
        }
        List<FleetNode> connected = managing.stream().filter(fleet::isConnected).toList();
        if (connected.isEmpty()) {
            return new SwarmGoal.Hold(names(managing) + ", of the swarm's managers, to connect;"
                    + " if they are lost for good: swarmctl swarm recover");
        }
        Optional<FleetNode> stranger =
                connected.stream().filter(node -> !RoleRules.isManager(node)).findFirst();
        return stranger.isPresent() && connected.stream().noneMatch(RoleRules::isManager)
                ? new SwarmGoal.Hold(stranger.get().name()
                        + ", which manages the swarm, to be a manager here too: swarmctl roles assign manager "
                        + stranger.get().name())
                : new SwarmGoal.Hold("a manager of the swarm to report");
    }

    static SwarmGoal aForeignSwarm(FleetNode node) {
        return new SwarmGoal.Hold("a person's word: it is in a swarm that is not this fleet's; if nothing there is"
                + " needed any more: swarmctl nodes adopt " + node.name());
    }

    /** A manager leaves the swarm as a worker: another manager has to make it one, and only if the quorum can spare it. */
    static SwarmGoal itsDemotion(Fleet fleet, String clusterId, FleetNode leaving) {
        Optional<SwarmFacts> successor = Members.workingManagers(fleet, clusterId)
                .filter(other -> !other.id().equals(leaving.id()) && RoleRules.isManager(other))
                .flatMap(other -> Members.swarmFacts(other).stream())
                .findFirst();
        if (successor.isEmpty()) {
            return new SwarmGoal.Hold(
                    "another manager, for no other node keeps that role; assign the role manager to another node");
        }
        return needs(successor.get(), leaving)
                ? new SwarmGoal.Hold("the managers that are away: the others would be too few to agree without it;"
                        + " bring them back, or assign the role manager to another node")
                : new SwarmGoal.Hold("another manager to make it a worker, so that it can leave the swarm");
    }

    private static boolean needs(SwarmFacts swarm, FleetNode leaving) {
        return Members.swarmFacts(leaving).stream()
                .flatMap(own -> swarm.node(own.nodeId()).stream())
                .anyMatch(entry -> !Quorum.of(swarm).without(entry).holds());
    }

    /**
     * A node without a role may be in the swarm, though a restored controller does not know that or why: that is no
     * reason to leave it head over heels.
     */
    static Optional<SwarmGoal> aForgottenRole(Fleet fleet, FleetNode node) {
        if (node.report() == null) {
            return Optional.of(new SwarmGoal.Hold("its first report"));
        }
        boolean inOwn = fleet.swarm().ownClusterIds().stream().anyMatch(clusterId -> Members.isIn(node, clusterId));
        return fleet.swarm().isHearsay() && inOwn
                ? Optional.of(new SwarmGoal.Hold("its role, which this controller has forgotten:"
                        + " swarmctl roles assign " + (Members.manages(node) ? "manager " : "worker ") + node.name()))
                : Optional.empty();
    }

    private static String names(List<FleetNode> nodes) {
        String first = nodes.stream().limit(MOST_NAMED).map(FleetNode::name).collect(Collectors.joining(", "));
        return nodes.size() <= MOST_NAMED ? first : first + " or one of " + (nodes.size() - MOST_NAMED) + " more";
    }
}
