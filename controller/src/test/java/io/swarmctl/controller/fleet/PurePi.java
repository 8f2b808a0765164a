package io.swarmctl.controller.fleet;

import io.swarmctl.agent.machine.MachineException;
import io.swarmctl.common.plan.Plan;
import io.swarmctl.common.plan.Planner;
import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.Sealed;
import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.JoinTokens;
import io.swarmctl.common.wire.MemoryCgroup;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.common.wire.Report;
import io.swarmctl.controller.simulate.SimulatedMachine;
import io.swarmctl.controller.simulate.SimulatedMachine.Board;
import io.swarmctl.controller.simulate.SimulatedSwarm;
import java.util.List;
import java.util.Optional;

/** A board with its card and an agent on it that has no thread: it takes specs as agents do. */
final class PurePi {
    private final EcKeys keys;
    private final SimulatedMachine machine;
    private NodeSpec followed;
    private boolean contested;
    private boolean on = true;

    PurePi(Board board, EcKeys keys, SimulatedSwarm swarms) {
        this.keys = keys;
        this.machine = new SimulatedMachine(
                board,
                swarms,
                secret -> Sealed.open(secret, keys.privateKey()),
                MemoryCgroup.NOT_ASKED_FOR,
                (action, output) -> {});
    }

    EcKeys keys() {
        return keys;
    }

    Facts facts() {
        return machine.facts();
    }

    NodeSpec followed() {
        return followed;
    }

    /** What it shows the controller, as long as that offers another spec that is not newer. */
    Optional<NodeSpec> shown() {
        return contested ? Optional.of(followed) : Optional.empty();
    }

    Optional<JoinTokens> joinTokens() {
        return machine.joinTokens();
    }

    void destroy() {
        machine.destroy();
    }

    boolean isOn() {
        return on;
    }

    /** Switched off, its engine is out of the other members' reach, too. */
    void power(boolean switchedOn) {
        on = switchedOn;
        machine.reachable(switchedOn);
    }

    void offer(NodeSpec spec) {
        if (followed == null || spec.isNewerThan(followed)) {
            followed = spec;
            contested = false;
        } else {
            contested = !spec.equals(followed);
        }
    }

    Plan plan() {
        return Planner.plan(machine.facts(), followed);
    }

    /** Applies that many actions of its plan; whether there was something to do. */
    boolean work(int actions) {
        Plan plan = plan();
        try {
            for (Action action :
                    plan.actions().subList(0, Math.min(actions, plan.actions().size()))) {
                machine.apply(action, line -> {});
            }
            if (plan.actions().isEmpty() && !plan.rebootFor().isEmpty()) {
                machine.reboot();
            }
            return !plan.converged();
        } catch (MachineException e) {
            return true;
        }
    }

    Report report(long number) {
        Plan plan = plan();
        NodeState state = !plan.actions().isEmpty()
                ? NodeState.CONVERGING
                : plan.blocked()
                        ? NodeState.BLOCKED
                        : plan.waitingFor().isEmpty() ? NodeState.READY : NodeState.WAITING;
        return new Report(
                followed.nodeId(),
                number,
                "test",
                followed.epoch(),
                followed.generation(),
                state,
                facts(),
                plan.actions(),
                plan.findings(),
                List.of(),
                null,
                plan.waitingFor(),
                null,
                null);
    }
}
