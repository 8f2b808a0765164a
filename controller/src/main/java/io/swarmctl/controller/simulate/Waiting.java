package io.swarmctl.controller.simulate;

import io.swarmctl.agent.machine.MachineException;

/** The time that a simulated action takes. */
final class Waiting {
    private Waiting() {}

    /** @throws MachineException when the thread is interrupted, as an action is when its machine goes down */
    static void pass(long millis) throws MachineException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MachineException("interrupted", "nothing to do: the agent goes on", true, e);
        }
    }
}
