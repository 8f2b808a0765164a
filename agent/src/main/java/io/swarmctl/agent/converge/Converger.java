package io.swarmctl.agent.converge;

import io.swarmctl.agent.machine.Machine;
import io.swarmctl.agent.machine.MachineException;
import io.swarmctl.common.plan.Plan;
import io.swarmctl.common.plan.Planner;
import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.Failure;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.Outcome;
import io.swarmctl.common.wire.Upgrade;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes passes: looks, plans, applies the first action, looks again. The planner is the only judge of what is done; an
 * action that it asks for again right after it was applied has failed.
 */
public final class Converger {
    private static final int MOST_ACTIONS = 100;
    private static final int LAST_LINES = 20;

    private final Machine machine;
    private final Narrator narrator;
    private final InstantSource clock;

    public Converger(Machine machine, Narrator narrator, InstantSource clock) {
        this.machine = machine;
        this.narrator = narrator;
        this.clock = clock;
    }

    /**
     * One blocking pass; ends when nothing is left to do or an action did not help.
     *
     * @param specs the newest spec, asked for before every action
     * @param calm whether nothing has happened lately: else it is no time to look at what only people want to know
     * @throws MachineException when the machine cannot be looked at
     */
    public Pass converge(Supplier<NodeSpec> specs, boolean calm) throws MachineException {
        List<Outcome> outcomes = new ArrayList<>();
        Action applied = null;
        while (true) {
            NodeSpec spec = specs.get();
            boolean closely = spec.upgrade() == Upgrade.FULL || (calm && outcomes.isEmpty());
            Facts facts = closely ? machine.facts() : machine.factsAtHand();
            Plan plan = Planner.plan(facts, spec);
            if (plan.actions().isEmpty()) {
                return end(new Pass(spec, facts, plan, rest(plan), outcomes));
            }
            Action next = plan.actions().get(0);
            if (next.equals(applied) || outcomes.size() >= MOST_ACTIONS) {
                outcomes.set(outcomes.size() - 1, withoutEffect(outcomes.get(outcomes.size() - 1)));
                return end(new Pass(spec, facts, plan, NodeState.FAILED, outcomes));
            }
            narrator.begins(spec, facts, plan, next, List.copyOf(outcomes));
            Outcome outcome = apply(next);
            outcomes.add(outcome);
            if (!outcome.ok()) {
                return end(new Pass(spec, facts, plan, NodeState.FAILED, outcomes));
            }
            applied = next;
        }
    }

    private Pass end(Pass pass) {
        narrator.ends(pass);
        return pass;
    }

    private Outcome apply(Action action) {
        long begun = clock.millis();
        Deque<String> lastLines = new ArrayDeque<>();
        Failure failure = null;
        try {
            machine.apply(action, line -> {
                lastLines.addLast(line);
                if (lastLines.size() > LAST_LINES) {
                    lastLines.removeFirst();
                }
                narrator.prints(action, line);
            });
        } catch (MachineException e) {
            failure = e.toFailure();
        }
        return outcome(action, begun, lastLines, failure);
    }

    private Outcome outcome(Action action, long begun, Deque<String> lastLines, @Nullable Failure failure) {
        return new Outcome(action.title(), begun, Math.max(0, clock.millis() - begun), List.copyOf(lastLines), failure);
    }

    private static Outcome withoutEffect(Outcome outcome) {
        return new Outcome(
                outcome.action(),
                outcome.startedAt(),
                outcome.durationMillis(),
                outcome.lastLines(),
                new Failure(
                        "applied, but the machine does not show it",
                        "look at the node's log; the agent tries again by itself",
                        true));
    }

    private static NodeState rest(Plan plan) {
        if (plan.blocked()) {
            return NodeState.BLOCKED;
        }
        if (!plan.rebootFor().isEmpty()) {
            return NodeState.REBOOTING;
        }
        return plan.waitingFor().isEmpty() ? NodeState.READY : NodeState.WAITING;
    }
}
