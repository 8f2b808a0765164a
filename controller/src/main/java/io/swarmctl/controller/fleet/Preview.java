package io.swarmctl.controller.fleet;

import io.swarmctl.common.plan.Plan;
import io.swarmctl.common.plan.Quorum;
import io.swarmctl.controller.fleet.Transition.Note;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a change would come to, by the planners that would carry it out. Nothing is done.
 *
 * @param after the fleet as it would be at once; nodes still have to follow
 * @param notes what the timeline would say
 * @param quorumBefore how many managers there are to be, and how many of them are connected; without those that are
 *     not connected and have not joined yet, for they do the swarm no harm
 * @param nodes those for which something changes
 */
public record Preview(
        Fleet after, List<Note> notes, Quorum quorumBefore, Quorum quorumAfter, List<AffectedNode> nodes) {
    public Preview {
        notes = List.copyOf(notes);
        nodes = List.copyOf(nodes);
    }

    /**
     * A node for which something changes.
     *
     * @param node as it would be; as it is, if it would be gone
     * @param roleBefore null when it has none
     * @param plan what its agent would do; null when the node has not reported yet or is told nothing
     */
    public record AffectedNode(
            FleetNode node,
            @Nullable String roleBefore,
            boolean gone,
            @Nullable Plan plan) {}

    /**
     * @param made what the change makes of {@code fleet}
     * @param now the standing rule may wait for arrivals to settle: it is previewed as if they had
     */
    public static Preview of(Fleet fleet, Transition made, Instant now) {
        FleetPlan before = FleetPlanner.plan(fleet, now);
        FleetPlan after = settled(made.fleet(), now);
        List<Note> notes = new ArrayList<>(made.notes());
        after.notes().stream().filter(note -> !before.notes().contains(note)).forEach(notes::add);
        return new Preview(after.fleet(), notes, quorum(fleet), quorum(after.fleet()), affected(fleet, before, after));
    }

    private static FleetPlan settled(Fleet fleet, Instant now) {
        FleetPlan plan = FleetPlanner.plan(fleet, now);
        return plan.lookAgainAt().isEmpty()
                ? plan
                : FleetPlanner.plan(fleet, plan.lookAgainAt().get());
    }

    private static Quorum quorum(Fleet fleet) {
        List<FleetNode> managers = fleet.enrolled().stream()
                .filter(RoleRules::isManager)
                .filter(node -> fleet.isConnected(node)
                        || Nodes.swarmNodeId(fleet, node).isPresent())
                .toList();
        return new Quorum(
                managers.size(),
                Math.toIntExact(managers.stream().filter(fleet::isConnected).count()));
    }

    private static List<AffectedNode> affected(Fleet fleet, FleetPlan before, FleetPlan after) {
        List<AffectedNode> affected = new ArrayList<>();
        for (FleetNode stored : fleet.nodes().values()) {
            FleetNode old = before.fleet().node(stored.id()).orElse(stored);
            Optional<FleetNode> then = after.fleet().node(old.id());
            if (then.isEmpty()) {
                affected.add(new AffectedNode(old, old.role(), true, null));
                continue;
            }
            Optional<Outlook> outlook = Outlook.of(after, then.get());
            if (isOther(old, then.get()) || !steps(outlook).equals(steps(Outlook.of(before, old)))) {
                affected.add(new AffectedNode(
                        then.get(),
                        old.role(),
                        false,
                        outlook.map(Outlook::plan).orElse(null)));
            }
        }
        return affected;
    }

    private static boolean isOther(FleetNode before, FleetNode after) {
        return !Objects.equals(before.role(), after.role())
                || !before.name().equals(after.name())
                || before.status() != after.status()
                || !before.marks().equals(after.marks())
                || !before.publicJwk().equals(after.publicJwk())
                || !Objects.equals(before.candidate(), after.candidate());
    }

    /** Actions, and not what is waited for: that changes for many whenever anything does. */
    private static List<Object> steps(Optional<Outlook> outlook) {
        return outlook.map(known -> List.<Object>copyOf(known.plan().actions())).orElse(List.of());
    }
}
