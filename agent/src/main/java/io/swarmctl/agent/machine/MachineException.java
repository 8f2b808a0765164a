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

    static MachineException of(Failure failure) {
        return new MachineException(failure.problem(), failure.remedy(), failure.retryable(), null);
    }

    /** What to throw when the thread was interrupted: the work is left as it is, and the thread stays interrupted. */
    static MachineException interrupted(String doing, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new MachineException("interrupted while " + doing, "nothing to do: the agent goes on", true, cause);
    }

    public boolean retryable() {
        return retryable;
    }

    public Failure toFailure() {
        return new Failure(String.valueOf(getMessage()), remedy, retryable);
    }
}
