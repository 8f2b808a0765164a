package io.swarmctl.controller.fleet;

import io.swarmctl.common.wire.Membership;
import io.swarmctl.controller.fleet.Transition.Note;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The policy's standing rule, which gives a role to every node that has none. */
final class RoleRules {
    private static final String MANAGER = "manager";
    private static final String WORKER = "worker";

    private RoleRules() {}

    record Outcome(Fleet fleet, List<Note> notes, Optional<Instant> lookAgainAt) {}

    /**
     * Assigns roles once arrivals have settled, so that a rack that powers on has its managers chosen from all of it.
     */
    static Outcome apply(Fleet fleet, Instant now) {
        Policy.Auto rule = fleet.policy().auto();
        List<FleetNode> unassigned = fleet.enrolled().stream()
                .filter(node -> node.role() == null && node.report() != null)
                .sorted(Suitability.BEST_FIRST)
                .toList();
        if (rule == null || unassigned.isEmpty()) {
            return new Outcome(fleet, List.of(), Optional.empty());
        }
        Instant settled = fleet.enrolled().stream()
                .map(node -> node.board().arrivedAt())
                .max(Instant::compareTo)
                .orElse(now)
                .plus(Duration.ofSeconds(rule.settleSeconds()));
        if (now.isBefore(settled)) {
            return new Outcome(fleet, List.of(), Optional.of(settled));
        }
        return assign(fleet, unassigned, rule);
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
            String role = chosen > 0 && mayManage(node) ? MANAGER : WORKER;
            chosen -= role.equals(MANAGER) ? 1 : 0;
            changed = changed.with(node.withRole(role));
            notes.add(new Note(node.id(), node.name() + " becomes " + role + " by the standing rule"));
        }
        return new Outcome(changed, notes, Optional.empty());
    }

    private static boolean mayManage(FleetNode node) {
        return !node.cards().replacedByItself();
    }

    private static long managers(Fleet fleet) {
        return fleet.enrolled().stream().filter(RoleRules::isManager).count();
    }

    /** Whether the node's role is one of a manager. */
    static boolean isManager(FleetNode node) {
        return membership(node).filter(Membership.MANAGER::equals).isPresent();
    }

    static Optional<Membership> membership(FleetNode node) {
        return Optional.ofNullable(node.role()).flatMap(Role::named).map(Role::membership);
    }
}
