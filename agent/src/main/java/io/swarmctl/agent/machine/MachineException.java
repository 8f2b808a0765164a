package io.swarmctl.agent.machine;

import io.swarmctl.common.wire.Failure;
import org.jspecify.annotations.Nullable;

/** A machine did not do what it was asked. Says what a person can do about it, and whether trying again may help. */
public final class MachineException extends Exception {
    private final String remedy;
    private final boolean retryable;

    public MachineException(String problem, String remedy, boolean retryable, @Nullable Throwable cause) {
        super(problem, cause);
        this.remedy = remedy;
        this.retryable = retryable;
    }

    public boolean retryable() {
        return retryable;
    }

    public Failure toFailure() {
        return new Failure(String.valueOf(getMessage()), remedy, retryable);
    }
}
