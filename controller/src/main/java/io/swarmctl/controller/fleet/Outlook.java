package io.swarmctl.controller.fleet;

import io.swarmctl.common.plan.Plan;
import io.swarmctl.common.plan.Planner;
import io.swarmctl.common.wire.JoinTokens;
import io.swarmctl.common.wire.Membership;
import io.swarmctl.common.wire.Report;
import io.swarmctl.controller.fleet.NodeGoal.SwarmGoal;
import java.util.List;
import java.util.Optional;

/**
 * What a node has before it: not only until its turn comes, but to the end, as far as can be told from here.
 *
 * @param plan of the node's agent, reckoned from its latest report; its {@code waitingFor} says what comes in between
 */
record Outlook(Plan plan) {
    private static final JoinTokens LEFT_OUT = new JoinTokens("", "", "");

    /** Empty for a node that is told nothing, or of which nothing is known yet. */
    static Optional<Outlook> of(FleetPlan planned, FleetNode node) {
        Report report = node.report();
        NodeGoal goal = planned.goals().get(node.id());
        if (report == null || goal == null) {
            return Optional.empty();
        }
        Fleet fleet = planned.fleet().with(planned.fleet().swarm().withTokens(LEFT_OUT));
        NodeGoal last = goal.with(eventually(fleet, node, goal.swarm()));
        Plan plan = Planner.plan(report.facts(), SpecWriter.outline(fleet, node, last));
        return Optional.of(new Outlook(goal.swarm() instanceof SwarmGoal.Hold hold ? waiting(plan, hold) : plan));
    }

    private static Plan waiting(Plan plan, SwarmGoal.Hold hold) {
        return new Plan(plan.actions(), plan.rebootFor(), plan.findings(), hold.reason());
    }

    /** Where a node that is told to wait will stand afterwards. */
    private static SwarmGoal eventually(Fleet fleet, FleetNode node, SwarmGoal goal) {
        if (!(goal instanceof SwarmGoal.Hold) || Adoption.needsWord(fleet, node)) {
            return goal;
        }
        Optional<Membership> membership = RoleRules.membership(node);
        boolean forgotten = node.status() == FleetNode.Status.ENROLLED
                && Holds.aForgottenRole(fleet, node).isPresent();
        if (membership.isEmpty()) {
            return forgotten ? goal : new SwarmGoal.Outside();
        }
        String clusterId = fleet.swarm().clusterId();
        if (clusterId == null) {
            return new SwarmGoal.Join(membership.get(), "", List.of(), "");
        }
        return Members.isIn(node, clusterId)
                ? new SwarmGoal.Outside()
                : new SwarmGoal.Join(membership.get(), clusterId, List.of(), "");
    }
}
