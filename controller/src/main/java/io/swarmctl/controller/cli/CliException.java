package io.swarmctl.controller.cli;

import org.jspecify.annotations.Nullable;

/** A command cannot do what was asked. The message says why, the remedy what to do instead. */
final class CliException extends Exception {
    private final String remedy;
    private final int exitCode;
    private final boolean retryable;

    CliException(String problem, String remedy) {
        this(problem, remedy, ExitCode.FAILED, false, null);
    }

    CliException(String problem, String remedy, @Nullable Throwable cause) {
        this(problem, remedy, ExitCode.FAILED, false, cause);
    }

    private CliException(String problem, String remedy, int exitCode, boolean retryable, @Nullable Throwable cause) {
        super(problem, cause);
        this.remedy = remedy;
        this.exitCode = exitCode;
        this.retryable = retryable;
    }

    /** What was typed makes no sense. */
    static CliException usage(String problem, String remedy) {
        return new CliException(problem, remedy, ExitCode.USAGE, false, null);
    }

    /** Nobody answered. */
    static CliException unreachable(String problem, String remedy, Throwable cause) {
        return new CliException(problem, remedy, ExitCode.FAILED, true, cause);
    }

    /** Whether the same may go well a little later. */
    boolean retryable() {
        return retryable;
    }

    String remedy() {
        return remedy;
    }

    int exitCode() {
        return exitCode;
    }
}
