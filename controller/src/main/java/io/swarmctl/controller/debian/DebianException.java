package io.swarmctl.controller.debian;

import org.jspecify.annotations.Nullable;

/** Packages cannot be gathered. The message says why, the remedy what to do instead. */
public class DebianException extends Exception {
    private final String remedy;

    public DebianException(String problem, String remedy) {
        this(problem, remedy, null);
    }

    public DebianException(String problem, String remedy, @Nullable Throwable cause) {
        super(problem, cause);
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }

    /** The mirror has no such file. */
    static final class MissingException extends DebianException {
        MissingException(DebianException failure) {
            super(String.valueOf(failure.getMessage()), failure.remedy(), failure.getCause());
        }
    }
}
