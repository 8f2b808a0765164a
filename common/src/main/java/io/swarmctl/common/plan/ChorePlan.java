package io.swarmctl.common.plan;

import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.Chore;
import io.swarmctl.common.wire.Finding;
import io.swarmctl.common.wire.Membership;
import io.swarmctl.common.wire.SwarmFacts;
import io.swarmctl.common.wire.SwarmNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a manager still has to do of its chores. It makes no worker of a manager that the quorum needs. */
final class ChorePlan {
    private final List<Action> actions = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private Quorum quorum;

    private ChorePlan(Quorum quorum) {
        this.quorum = quorum;
    }

    static SwarmPlan of(SwarmFacts swarm, List<Chore> chores) {
        ChorePlan plan = new ChorePlan(Quorum.of(swarm));
        for (Chore chore : chores) {
            Optional<SwarmNode> about = swarm.node(chore.swarmNodeId());
            if (about.isPresent()) {
                plan.add(chore, about.get());
            }
        }
        return new SwarmPlan(plan.actions, plan.findings, "");
    }

    private void add(Chore chore, SwarmNode about) {
        if (chore instanceof Chore.Demote) {
            demote(about);
        } else if (chore instanceof Chore.Forget && !about.ready() && demote(about)) {
            actions.add(new Action.ForgetSwarmNode(about.id(), about.hostname()));
        }
    }

    /** Whether it is a worker then: the engine takes no manager off its list. */
    private boolean demote(SwarmNode about) {
        if (about.membership() != Membership.MANAGER) {
            return true;
        }
        Quorum after = quorum.without(about);
        if (!after.holds()) {
            findings.add(Finding.warning(
                    about.hostname() + " stays a manager of the swarm: without it " + after.reachable() + " of "
                            + after.managers() + " managers would reach each other, too few to agree",
                    "bring back the managers that are away, or assign the role manager to another node"));
            return false;
        }
        quorum = after;
        actions.add(new Action.DemoteSwarmNode(about.id(), about.hostname()));
        return true;
    }
}
