package io.swarmctl.controller.fleet;

import io.swarmctl.controller.fleet.FleetException.Reason;
import io.swarmctl.controller.fleet.FleetNode.Status;
import io.swarmctl.controller.fleet.Transition.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people do about the swarm as a whole. */
public final class SwarmCommands {
    private SwarmCommands() {}

    /**
     * What it would mean to declare the swarm lost.
     *
     * @param clusterId of the swarm that is declared lost; empty when its founder never reported one
     * @param founderEpoch that the fleet then is in; names this preview when it is acted upon
     * @param chosen the node that goes on with the swarm, or founds a new one
     * @param keeps whether the swarm goes on, with its services: {@code chosen} is one of its managers
     * @param connected names of the swarm's other managers that are connected now
     * @param silent names of those that are not
     */
    public record Recovery(
            String clusterId,
            long founderEpoch,
            FleetNode chosen,
            boolean keeps,
            List<String> connected,
            List<String> silent) {
        public Recovery {
            connected = List.copyOf(connected);
            silent = List.copyOf(silent);
        }
    }

    /**
     * What {@link #recover} would do.
     *
     * @param founder the name or id of the node that a person wants for it; null: the best one
     * @throws FleetException when there is nothing to recover, or nobody who could
     */
    public static Recovery preview(Fleet fleet, @Nullable String founder) throws FleetException {
        SwarmRecord swarm = fleet.swarm();
        String clusterId = swarm.clusterId() == null ? swarm.lost() : swarm.clusterId();
        if (clusterId == null && !swarm.isHearsay()) {
            throw nothingToRecover(fleet);
        }
        FleetNode chosen = founder == null ? best(fleet, clusterId) : fit(fleet, Nodes.find(fleet, founder));
        boolean keeps = clusterId != null && Founding.canSurvive(fleet, chosen, clusterId);
        List<FleetNode> others = fleet.nodes().values().stream()
                .filter(node -> !node.id().equals(chosen.id()))
                .filter(node -> clusterId != null && Members.isIn(node, clusterId) && Members.manages(node))
                .toList();
        return new Recovery(
                clusterId == null ? "" : clusterId,
                swarm.founderEpoch() + 1,
                chosen,
                keeps,
                names(others, fleet, true),
                names(others, fleet, false));
    }

    /**
     * Declares the swarm lost: a connected manager goes on with it alone, and where there is none a new swarm is founded.
     *
     * @param founderEpoch as the preview said; what was previewed for another state of the swarm is not done
     * @throws FleetException when it cannot be done
     */
    public static Transition recover(Fleet fleet, @Nullable String founder, long founderEpoch) throws FleetException {
        if (fleet.swarm().founderEpoch() == founderEpoch && fleet.swarm().founder() != null) {
            return Transition.silent(fleet);
        }
        Recovery recovery = preview(fleet, founder);
        if (recovery.founderEpoch() != founderEpoch) {
            throw new FleetException(
                    Reason.CONFLICT,
                    "the swarm has changed since that was looked at",
                    "look again: swarmctl swarm recover");
        }
        List<Note> notes = new ArrayList<>();
        notes.add(new Note("", "the swarm" + of(recovery.clusterId()) + " is declared lost"));
        FleetNode chosen = recovery.chosen();
        Fleet declared = fleet.with(fleet.swarm().declaredLost())
                .with(RoleRules.isManager(chosen) ? chosen : chosen.withRole(Role.MANAGER));
        return new Transition(
                recovery.keeps() ? Founding.survive(declared, chosen, notes) : Founding.found(declared, chosen, notes),
                notes);
    }

    private static FleetException nothingToRecover(Fleet fleet) {
        String founder = fleet.swarm().founder();
        if (founder == null) {
            return new FleetException(
                    Reason.CONFLICT,
                    "the fleet has no swarm",
                    "give a node the role of a manager, and it founds one: swarmctl roles assign manager NODE");
        }
        String name = fleet.node(founder).map(FleetNode::name).orElse(founder);
        return new FleetException(
                Reason.CONFLICT,
                name + " is about to found the swarm, and nobody has joined it",
                "if that node is lost, another one takes its place: swarmctl nodes remove --force " + name);
    }

    private static FleetNode best(Fleet fleet, @Nullable String clusterId) throws FleetException {
        Optional<FleetNode> survivor = clusterId == null
                ? Optional.empty()
                : Founding.survivor(fleet.with(fleet.swarm().declaredLost()));
        Optional<FleetNode> best = survivor.or(() -> fleet.enrolled().stream()
                .filter(node -> RoleRules.isManager(node) && canFound(fleet, node))
                .min(Suitability.BEST_FIRST));
        return best.orElseThrow(() -> new FleetException(
                Reason.CONFLICT,
                "no node with the role of a manager is connected",
                "bring one back, or name the node that is to found a new swarm:"
                        + " swarmctl swarm recover --founder NODE"));
    }

    private static FleetNode fit(Fleet fleet, FleetNode node) throws FleetException {
        if (node.status() != Status.ENROLLED || !canFound(fleet, node)) {
            throw new FleetException(
                    Reason.CONFLICT,
                    node.name() + " is not connected, or has not reported since the controller started",
                    "name a node that is: swarmctl nodes list");
        }
        return node;
    }

    private static boolean canFound(Fleet fleet, FleetNode node) {
        return fleet.isConnected(node) && node.report() != null && Epochs.mayTell(fleet, node);
    }

    private static List<String> names(List<FleetNode> nodes, Fleet fleet, boolean connected) {
        return nodes.stream()
                .filter(node -> fleet.isConnected(node) == connected)
                .map(FleetNode::name)
                .sorted()
                .toList();
    }

    private static String of(String clusterId) {
        return clusterId.isEmpty() ? "" : " " + clusterId;
    }
}
