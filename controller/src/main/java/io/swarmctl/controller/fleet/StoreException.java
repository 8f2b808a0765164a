package io.swarmctl.controller.fleet;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The store does not take or give what it should. Says why, and what a person can do about it. */
public final class StoreException extends IOException {
    private final String problem;
    private final String remedy;

    public StoreException(String problem, String remedy, @Nullable Throwable cause) {
        super(problem + "; " + remedy, cause);
        this.problem = problem;
        this.remedy = remedy;
    }

    public String problem() {
        return problem;
    }

    public String remedy() {
        return remedy;
    }
}
