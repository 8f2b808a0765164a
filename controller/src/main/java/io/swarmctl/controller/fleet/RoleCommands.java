package io.swarmctl.controller.fleet;

import io.swarmctl.common.wire.Membership;
import io.swarmctl.controller.fleet.FleetException.Reason;
import io.swarmctl.controller.fleet.FleetNode.Status;
import io.swarmctl.controller.text.Nearest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What people do with roles. Each is harmless when repeated. */
public final class RoleCommands {
    /** Docker's advice: more managers make every change slower and nothing safer. */
    public static final int MOST_MANAGERS = 7;

    private static final Duration LONGEST_SETTLING = Duration.ofHours(1);

    private RoleCommands() {}

    /** @throws FleetException when the role or a node does not exist, or one of the nodes cannot have it now */
    public static Transition assign(Fleet fleet, String role, List<String> namesOrIds) throws FleetException {
        return assign(fleet, named(role), Nodes.find(fleet, namesOrIds));
    }

    /** @throws FleetException when there is no such role, or there would be too many managers */
    public static Transition assignToUnassigned(Fleet fleet, String role) throws FleetException {
        List<FleetNode> unassigned =
                fleet.enrolled().stream().filter(node -> node.role() == null).toList();
        return assign(fleet, named(role), unassigned);
    }

    /**
     * When the standing rule gives a role to those that have none, unless another node comes before; empty when there is
     * no such rule, or nobody without a role.
     */
    public static Optional<Instant> nextByRule(Fleet fleet) {
        Policy.Auto rule = fleet.policy().auto();
        return rule == null || fleet.enrolled().stream().allMatch(node -> node.role() != null)
                ? Optional.empty()
                : Optional.of(RoleRules.settledAt(fleet, rule));
    }

    private static Role named(String name) throws FleetException {
        Optional<Role> role = Role.named(name);
        if (role.isPresent()) {
            return role.get();
        }
        List<String> known = Role.BUILT_IN.stream().map(Role::name).toList();
        throw new FleetException(
                Reason.UNKNOWN,
                "there is no role " + name,
                Nearest.didYouMean(name, known, "roles are: " + String.join(", ", known)));
    }

    private static Transition assign(Fleet fleet, Role role, List<FleetNode> nodes) throws FleetException {
        Fleet after = fleet;
        List<Transition.Note> notes = new ArrayList<>();
        for (FleetNode node : nodes) {
            requireFit(fleet, node, role);
            if (!role.name().equals(node.role())) {
                after = after.with(node.withRole(role.name()));
                notes.add(new Transition.Note(node.id(), node.name() + " is to be " + role.name()));
            }
        }
        requireFewManagers(managers(after));
        return new Transition(after, notes);
    }

    private static void requireFit(Fleet fleet, FleetNode node, Role role) throws FleetException {
        if (node.status() != Status.ENROLLED) {
            throw new FleetException(
                    Reason.CONFLICT,
                    node.name() + " is " + node.status().name().toLowerCase(Locale.ROOT) + " and can have no role",
                    node.status() == Status.PENDING
                            ? "approve it first: swarmctl nodes approve " + node.name()
                            : "see why: swarmctl nodes show " + node.name());
        }
        Optional<Membership> now = Nodes.membership(fleet, node);
        if (now.isPresent() && now.get() != role.membership()) {
            throw new FleetException(
                    Reason.CONFLICT,
                    node.name() + " is in the swarm as " + now.get().name().toLowerCase(Locale.ROOT),
                    (fleet.policy().auto() == null ? "" : "end the standing rule (swarmctl roles auto --off), then ")
                            + "unassign it first, and it leaves the swarm: swarmctl roles unassign " + node.name());
        }
    }

    private static void requireFewManagers(long managers) throws FleetException {
        if (managers > MOST_MANAGERS) {
            throw new FleetException(
                    Reason.CONFLICT,
                    "that would make " + managers + " managers",
                    "let there be at most " + MOST_MANAGERS + ": more make the swarm slower and no safer");
        }
    }

    /**
     * Takes roles away; the nodes leave the swarm and stay in the fleet.
     *
     * @throws FleetException when a node does not exist, or the standing rule would give it a role again
     */
    public static Transition unassign(Fleet fleet, List<String> namesOrIds) throws FleetException {
        Fleet after = fleet;
        List<Transition.Note> notes = new ArrayList<>();
        for (FleetNode node : Nodes.find(fleet, namesOrIds)) {
            if (node.role() != null) {
                after = after.with(node.withRole(null));
                notes.add(new Transition.Note(node.id(), node.name() + " is no longer to be " + node.role()));
            }
        }
        if (!notes.isEmpty() && fleet.policy().auto() != null) {
            throw new FleetException(
                    Reason.CONFLICT,
                    "the standing rule gives every node a role",
                    "end it first: swarmctl roles auto --off");
        }
        return new Transition(after, notes);
    }

    /** @throws FleetException when there cannot be so many managers, or it would take too long to settle */
    public static Transition setAuto(Fleet fleet, int managers, Duration settle) throws FleetException {
        if (managers < 1) {
            throw new FleetException(Reason.INVALID, "a swarm needs a manager", "ask for 1, 3 or 5 managers");
        }
        requireFewManagers(managers);
        if (settle.isNegative() || settle.compareTo(LONGEST_SETTLING) > 0) {
            throw new FleetException(
                    Reason.INVALID, "arrivals cannot settle for " + settle.toSeconds() + " s", "use 0s to 1h");
        }
        Policy.Auto rule = new Policy.Auto(managers, Math.toIntExact(settle.toSeconds()));
        if (rule.equals(fleet.policy().auto())) {
            return Transition.silent(fleet);
        }
        return Transition.of(
                fleet.with(fleet.policy().withAuto(rule)),
                "",
                "standing rule: " + managers + (managers == 1 ? " manager" : " managers") + ", all others workers");
    }

    public static Transition clearAuto(Fleet fleet) {
        if (fleet.policy().auto() == null) {
            return Transition.silent(fleet);
        }
        return Transition.of(fleet.with(fleet.policy().withAuto(null)), "", "standing rule for roles ended");
    }

    /** What a person should know about the roles as they are; empty when all is well. */
    public static List<String> warnings(Fleet fleet) {
        List<String> warnings = new ArrayList<>();
        Policy.Auto rule = fleet.policy().auto();
        // The rule makes managers, and never unmakes one.
        long managers = Math.max(managers(fleet), rule == null ? 0 : rule.managers());
        if (managers != 0 && managers % 2 == 0) {
            warnings.add(managers + " managers survive no more failures than " + (managers - 1)
                    + ": an odd number is better");
        }
        if (rule != null && managers(fleet) < rule.managers()) {
            fleet.enrolled().stream()
                    .filter(node -> node.cards().replacedByItself() && !RoleRules.isManager(node))
                    .map(node -> node.name()
                            + " came back with a new card: the standing rule makes no manager of it, a person may")
                    .forEach(warnings::add);
        }
        return warnings;
    }

    private static long managers(Fleet fleet) {
        return fleet.enrolled().stream()
                .flatMap(node -> Optional.ofNullable(node.role()).stream())
                .flatMap(role -> Role.named(role).stream())
                .filter(role -> role.membership() == Membership.MANAGER)
                .count();
    }
}
