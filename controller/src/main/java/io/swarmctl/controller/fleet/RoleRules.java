package io.swarmctl.controller.fleet;

import io.swarmctl.common.wire.Membership;
import io.swarmctl.controller.fleet.Transition.Note;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The policy's standing rule, which gives a role to every node that has none. */
final class RoleRules {
    private static final String WORKER = "worker";

    private RoleRules() {}

    record Outcome(Fleet fleet, List<Note> notes, Optional<Instant> lookAgainAt) {}

    /**
     * Assigns roles once arrivals have settled, so that a rack that powers on has its managers chosen from all of it.
     */
    static Outcome apply(Fleet fleet, Instant now) {
        Policy.Auto rule = fleet.policy().auto();
        if (rule == null) {
            return new Outcome(fleet, List.of(), Optional.empty());
        }
        List<FleetNode> unassigned = fleet.enrolled().stream()
                .filter(node -> node.role() == null && node.report() != null)
                .filter(node -> Epochs.mayTell(fleet, node) && !managesWithoutRole(fleet, node))
                .sorted(Suitability.BEST_FIRST)
                .toList();
        if (unassigned.isEmpty()) {
            return new Outcome(fleet, List.of(), Optional.empty());
        }
        Instant settled = settledAt(fleet, rule);
        if (now.isBefore(settled)) {
            return new Outcome(fleet, List.of(), Optional.of(settled));
        }
        return assign(fleet, unassigned, rule);
    }

    /** When arrivals have settled, unless another node comes before. */
    static Instant settledAt(Fleet fleet, Policy.Auto rule) {
        return fleet.enrolled().stream()
                .map(node -> node.board().arrivedAt())
                .max(Instant::compareTo)
                .orElse(Instant.MIN)
                .plusSeconds(rule.settleSeconds());
    }

    private static Outcome assign(Fleet fleet, List<FleetNode> bestFirst, Policy.Auto rule) {
        long managers = managers(fleet);
        long fit = bestFirst.stream().filter(RoleRules::mayManage).count();
        long more = Math.min(rule.managers() - managers, fit);
        boolean leavesEven = managers == 0 && more > 1 && more % 2 == 0;
        long chosen = Math.max(0, leavesEven ? more - 1 : more);
        Fleet changed = fleet;
        List<Note> notes = new ArrayList<>();
        for (FleetNode node : bestFirst) {
            String role = chosen > 0 && mayManage(node) ? Role.MANAGER : WORKER;
            chosen -= role.equals(Role.MANAGER) ? 1 : 0;
            changed = changed.with(node.withRole(role));
            notes.add(new Note(node.id(), node.name() + " becomes " + role + " by the standing rule"));
        }
        return new Outcome(changed, notes, Optional.empty());
    }

    private static boolean mayManage(FleetNode node) {
        return !node.cards().replacedByItself();
    }

    private static long managers(Fleet fleet) {
        return fleet.enrolled().stream()
                .filter(node -> isManager(node) || managesWithoutRole(fleet, node))
                .count();
    }

    /** Whether the node manages the fleet's swarm, and a restored controller does not remember why. */
    static boolean managesWithoutRole(Fleet fleet, FleetNode node) {
        String clusterId = fleet.swarm().clusterId();
        return clusterId != null
                && node.role() == null
                && fleet.swarm().isHearsay()
                && Members.isIn(node, clusterId)
                && Members.manages(node);
    }

    /** Whether the node's role is one of a manager. */
    static boolean isManager(FleetNode node) {
        return membership(node).filter(Membership.MANAGER::equals).isPresent();
    }

    static Optional<Membership> membership(FleetNode node) {
        return Optional.ofNullable(node.role()).flatMap(Role::named).map(Role::membership);
    }
}
