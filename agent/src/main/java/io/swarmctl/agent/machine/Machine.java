package io.swarmctl.agent.machine;

import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.JoinTokens;
import java.util.Optional;

/** Carries out actions on this machine. Each is safe to repeat; whether it helped, only the next facts say. */
public interface Machine {
    /**
     * The machine as it is now. Cheap: read from files and sockets, and from a process only where that has changed which
     * its answer depends on.
     *
     * @throws MachineException when something that must be readable is not
     */
    Facts facts() throws MachineException;

    /**
     * As {@link #facts()}, with what takes a process as it was found before, or unknown: for those who have other work to
     * do. That is how many packages could be upgraded.
     *
     * @throws MachineException when something that must be readable is not
     */
    default Facts factsAtHand() throws MachineException {
        return facts();
    }

    /**
     * Does what the action says, blocking until it is done.
     *
     * @param output receives what it prints and how far it is, line by line
     * @throws MachineException when it could not be done, or was interrupted
     */
    void apply(Action action, Output output) throws MachineException;

    /**
     * The join tokens of the swarm that this machine manages; empty when it manages none.
     *
     * @throws MachineException when the engine does not tell them
     */
    Optional<JoinTokens> joinTokens() throws MachineException;

    /** @throws MachineException when the machine refuses */
    void reboot() throws MachineException;

    /** For another thread than the one that works on the machine. */
    default Diagnostics diagnostics() {
        return Diagnostics.NONE;
    }

    /** For another thread than the one that works on the machine. */
    default Workbench workbench() {
        return Workbench.NONE;
    }

    /** Says how packages are to be got from now on; to be called before the first action. */
    default void getPackagesBy(PackageRoute route) {}

    default MachineClock clock() {
        return MachineClock.RIGHT;
    }
}
