package io.swarmctl.controller.fleet;

/** What somebody asked of the fleet cannot be done. The message says why, the remedy what to do instead. */
public final class FleetException extends Exception {
    private final Reason reason;
    private final String remedy;

    /** Why not. */
    public enum Reason {
        /** What is asked makes no sense. */
        INVALID,
        /** There is no such node, role or key. */
        UNKNOWN,
        /** It does not fit what the fleet is now. */
        CONFLICT
    }

    public FleetException(Reason reason, String problem, String remedy) {
        super(problem);
        this.reason = reason;
        this.remedy = remedy;
    }

    public Reason reason() {
        return reason;
    }

    public String remedy() {
        return remedy;
    }
}
