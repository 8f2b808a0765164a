package io.swarmctl.controller.cli;

import org.jspecify.annotations.Nullable;

/** A command cannot do what was asked. The message says why, the remedy what to do instead. */
final class CliException extends Exception {
    private final String remedy;
    private final int exitCode;

    CliException(String problem, String remedy) {
        this(problem, remedy, ExitCode.FAILED, null);
    }

    CliException(String problem, String remedy, @Nullable Throwable cause) {
        this(problem, remedy, ExitCode.FAILED, cause);
    }

    private CliException(String problem, String remedy, int exitCode, @Nullable Throwable cause) {
        super(problem, cause);
        this.remedy = remedy;
        this.exitCode = exitCode;
    }

    /** What was typed makes no sense. */
    static CliException usage(String problem, String remedy) {
        return new CliException(problem, remedy, ExitCode.USAGE, null);
    }

    String remedy() {
        return remedy;
    }

    int exitCode() {
        return exitCode;
    }
}
