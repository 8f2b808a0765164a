package io.swarmctl.controller.fleet;

import io.swarmctl.controller.fleet.Transition.Note;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the fleet planner decided.
 *
 * @param fleet with the roles and the founder that it chose
 * @param goals of every node that is to have a spec, by node id
 * @param lookAgainAt when time alone may change the plan
 */
public record FleetPlan(Fleet fleet, Map<String, NodeGoal> goals, List<Note> notes, Optional<Instant> lookAgainAt) {
    public FleetPlan {
        goals = Map.copyOf(goals);
        notes = List.copyOf(notes);
    }
}
