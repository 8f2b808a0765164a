package io.swarmctl.controller.simulate;

import io.swarmctl.agent.machine.Diagnostics;
import io.swarmctl.agent.machine.Machine;
import io.swarmctl.agent.machine.MachineException;
import io.swarmctl.agent.machine.Output;
import io.swarmctl.agent.machine.Workbench;
import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.JoinTokens;
import java.util.Optional;

/** A machine whose reboot ends the agent on it, as a real one's does. */
record EndedByReboot(SimulatedMachine machine, Runnable rebooting) implements Machine {
    @Override
    public Facts facts() {
        return machine.facts();
    }

    @Override
    public void apply(Action action, Output output) throws MachineException {
        machine.apply(action, output);
    }

    @Override
    public Optional<JoinTokens> joinTokens() {
        return machine.joinTokens();
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
    public void reboot() {
        machine.reboot();
        rebooting.run();
        Thread.currentThread().interrupt();
    }
}
