package io.swarmctl.agent.machine;

import java.time.Instant;

/** The machine's clock. */
public interface MachineClock {
    /** A clock that is right by itself, as in machines that are only imagined. */
    MachineClock RIGHT = new MachineClock() {
        @Override
        public boolean isKept() {
            return true;
        }

        @Override
        public void set(Instant time) {}
    };

    /**
     * Whether a time service says that it keeps the clock right.
     *
     * @throws MachineException when that cannot be found out
     */
    boolean isKept() throws MachineException;

    /** @throws MachineException when the machine does not let its clock be set */
    void set(Instant time) throws MachineException;
}
