package io.swarmctl.controller.server;

import io.swarmctl.agent.machine.MachineClock;
import io.swarmctl.agent.machine.MachineException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The clock of a board without a battery: runs, from a moment of its own, and no time service keeps it. */
final class WrongClock implements InstantSource, MachineClock {
    private final boolean settable;

    /** Set by the agent's threads and read by the test's. */
    private volatile Duration ahead;

    WrongClock(Instant now, boolean settable) {
        this.ahead = Duration.between(Instant.now(), now);
        this.settable = settable;
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    @Override
    public boolean isKept() {
        return false;
    }

    @Override
    public void set(Instant time) throws MachineException {
        if (!settable) {
            throw new MachineException("date failed with status 1: Operation not permitted", "nothing", false, null);
        }
        ahead = Duration.between(Instant.now(), time);
    }
}
