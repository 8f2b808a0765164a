package io.swarmctl.controller.cli;

/** What the process says to the shell. */
final class ExitCode {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;

    /** Not (yet) so: a plan with changes, a wait that timed out. */
    static final int NOT_YET = 3;

    private ExitCode() {}
}
