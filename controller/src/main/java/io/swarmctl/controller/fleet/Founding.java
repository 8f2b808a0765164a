package io.swarmctl.controller.fleet;

import io.swarmctl.common.wire.Report;
import io.swarmctl.common.wire.SwarmState;
import io.swarmctl.controller.fleet.Transition.Note;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Never two founders, and never none: chooses the node that runs {@code swarm init}, once. */
final class Founding {
    private Founding() {}

    static Fleet choose(Fleet fleet, List<Note> notes) {
        Fleet current = forgetFounderThatIsNone(forgetSwarmThatIsGone(fleet, notes), notes);
        if (current.swarm().founder() != null || mayHaveOne(current)) {
            return current;
        }
        return appoint(current, notes);
    }

    /** Chooses among the managers: one that can go on with the swarm that was lost, else the best to found a new one. */
    static Fleet appoint(Fleet fleet, List<Note> notes) {
        Optional<FleetNode> survivor = survivor(fleet);
        if (survivor.isPresent()) {
            return survive(fleet, survivor.get(), notes);
        }
        Optional<FleetNode> founder = fleet.enrolled().stream()
                .filter(node -> RoleRules.isManager(node) && node.report() != null)
                .min(Comparator.comparing((FleetNode node) -> !fleet.isConnected(node))
                        .thenComparing(Suitability.BEST_FIRST));
        return founder.isEmpty() ? fleet : found(fleet, founder.get(), notes);
    }

    static Fleet found(Fleet fleet, FleetNode chosen, List<Note> notes) {
        notes.add(new Note(chosen.id(), chosen.name() + " is chosen to found the swarm"));
        return fleet.with(fleet.swarm().withFounder(chosen.id()));
    }

    static Fleet survive(Fleet fleet, FleetNode chosen, List<Note> notes) {
        notes.add(new Note(chosen.id(), chosen.name() + " is chosen to recover the swarm"));
        return fleet.with(fleet.swarm().withSurvivor(chosen.id()));
    }

    /** The best of the connected managers that still have what the lost swarm agreed upon. */
    static Optional<FleetNode> survivor(Fleet fleet) {
        String lost = fleet.swarm().lost();
        return lost == null
                ? Optional.empty()
                : fleet.enrolled().stream()
                        .filter(node -> RoleRules.isManager(node) && canSurvive(fleet, node, lost))
                        .min(Suitability.BEST_FIRST);
    }

    static boolean canSurvive(Fleet fleet, FleetNode node, String clusterId) {
        return fleet.isConnected(node)
                && Epochs.mayTell(fleet, node)
                && Members.isIn(node, clusterId)
                && Members.swarmFacts(node).stream().anyMatch(swarm -> swarm.manager());
    }

    /**
     * Whether the fleet may have a swarm that the controller has forgotten. A swarm that a person has declared lost is
     * not looked for again.
     */
    static boolean mayHaveOne(Fleet fleet) {
        return fleet.swarm().lost() == null && !Epochs.unclear(fleet).isEmpty();
    }

    /**
     * A founder that a person has removed, revoked or given another role will not found anything. Should it have, in the
     * meantime, nobody has joined it, and its swarm is of an earlier epoch than the next founder's.
     */
    private static Fleet forgetFounderThatIsNone(Fleet fleet, List<Note> notes) {
        SwarmRecord swarm = fleet.swarm();
        String founder = swarm.founder();
        if (founder == null || !isReplaceable(fleet, founder)) {
            return fleet;
        }
        Optional<FleetNode> stands = fleet.enrolled().stream()
                .filter(node -> node.id().equals(founder) && RoleRules.isManager(node))
                .findFirst();
        if (stands.isPresent() && !hasLostWhatItShouldRecover(swarm, stands.get())) {
            return fleet;
        }
        notes.add(new Note(
                "",
                stands.isEmpty()
                        ? "the chosen founder is no manager any more: another one will found the swarm"
                        : stands.get().name() + " is not in the swarm that it was to recover"));
        return fleet.with(swarm.lost() == null ? swarm.dissolved() : swarm.declaredLost());
    }

    /**
     * As long as nobody else was ever in its swarm; while it is there, others can join it and take over. That a restored
     * controller does not know it is nobody's word.
     */
    private static boolean isReplaceable(Fleet fleet, String founder) {
        SwarmRecord swarm = fleet.swarm();
        boolean untouched = !swarm.shared() && !fleet.connected().contains(founder);
        return !swarm.isHearsay() && (swarm.clusterId() == null || untouched);
    }

    private static boolean hasLostWhatItShouldRecover(SwarmRecord swarm, FleetNode founder) {
        String lost = swarm.lost();
        Report report = founder.report();
        return lost != null
                && report != null
                && report.facts().docker().answers()
                && report.facts().swarm().state() == SwarmState.INACTIVE;
    }

    /** A swarm is gone when its last manager was told to leave and did: nobody is to manage it and nobody is in it. */
    private static Fleet forgetSwarmThatIsGone(Fleet fleet, List<Note> notes) {
        SwarmRecord swarm = fleet.swarm();
        String clusterId = swarm.clusterId();
        boolean wanted = fleet.enrolled().stream().anyMatch(RoleRules::isManager);
        boolean inhabited =
                clusterId != null && fleet.nodes().values().stream().anyMatch(node -> Members.isIn(node, clusterId));
        if (swarm.founder() == null || wanted || inhabited || swarm.isHearsay()) {
            return fleet;
        }
        notes.add(new Note("", "the swarm is dissolved: its last node has left"));
        return fleet.with(swarm.dissolved());
    }
}
