package io.swarmctl.agent.time;

import io.swarmctl.agent.machine.Diagnostics;
import io.swarmctl.agent.machine.Machine;
import io.swarmctl.agent.machine.MachineClock;
import io.swarmctl.agent.machine.MachineException;
import io.swarmctl.agent.machine.Output;
import io.swarmctl.agent.machine.PackageRoute;
import io.swarmctl.agent.machine.Workbench;
import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.JoinTokens;
import java.util.Optional;

/** A machine whose facts also tell how right its clock is, which it cannot know by itself. */
public record TimedMachine(Machine machine, Timekeeper time) implements Machine {
    @Override
    public Facts facts() throws MachineException {
        return machine.facts().withClock(time.facts());
    }

    @Override
    public Facts factsAtHand() throws MachineException {
        return machine.factsAtHand().withClock(time.facts());
    }

    @Override
    public void apply(Action action, Output output) throws MachineException {
        machine.apply(action, output);
    }

    @Override
    public Optional<JoinTokens> joinTokens() throws MachineException {
        return machine.joinTokens();
    }

    @Override
    public void reboot() throws MachineException {
        machine.reboot();
    }

    @Override
    public Diagnostics diagnostics() {
        return machine.diagnostics();
    }

    @Override
    public Workbench workbench() {
        return machine.workbench();
    }

    @Override
    public void getPackagesBy(PackageRoute route) {
        machine.getPackagesBy(route);
    }

    @Override
    public MachineClock clock() {
        return machine.clock();
    }
}
