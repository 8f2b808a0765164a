package io.swarmctl.controller.fleet;

import io.swarmctl.common.wire.Fingerprint;
import io.swarmctl.controller.fleet.NodeGoal.SwarmGoal;
import io.swarmctl.controller.fleet.Transition.Note;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Decides what every node is to be. Same fleet, same time, same plan. */
public final class FleetPlanner {
    private FleetPlanner() {}

    public static FleetPlan plan(Fleet fleet, Instant now) {
        List<Note> notes = new ArrayList<>();
        Fleet settled = PutOut.look(Apart.look(Departures.complete(fleet, notes), now), now);
        RoleRules.Outcome roles = RoleRules.apply(settled, now);
        notes.addAll(roles.notes());
        Fleet planned = Founding.choose(roles.fleet(), notes);
        Map<String, SwarmGoal> swarm = SwarmPlanner.goals(planned);
        Map<String, NodeGoal> goals = new TreeMap<>();
        for (FleetNode node : planned.nodes().values()) {
            SwarmGoal goal = swarm.get(node.id());
            NodeGoal told = node.goal();
            if (goal != null) {
                boolean stays = told != null && !Epochs.mayTell(planned, node);
                goals.put(node.id(), stays ? told : goal(planned, node, goal));
            }
        }
        return new FleetPlan(planned, goals, notes, roles.lookAgainAt());
    }

    private static NodeGoal goal(Fleet fleet, FleetNode node, SwarmGoal swarm) {
        Policy policy = fleet.policy();
        Policy.User user = policy.user();
        return new NodeGoal(
                fleet.epoch(),
                Fingerprint.of(node.publicJwk()),
                node.name(),
                node.role(),
                user == null ? null : user.name(),
                user == null ? "" : Fingerprint.of(user.passwordHash()),
                user == null ? List.of() : user.sshKeys(),
                policy.ssh(),
                policy.upgrade(),
                Gatherings.dockerOf(fleet, node),
                Adoption.mayLeave(fleet, node),
                fleet.swarm().origin(),
                policy.swarm().advertiseInterface(),
                swarm,
                fleet.asks(node.id()));
    }
}
