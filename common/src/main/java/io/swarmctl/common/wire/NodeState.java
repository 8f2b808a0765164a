package io.swarmctl.common.wire;

/** How a node stands towards its spec. */
public enum NodeState {
    /** Working on its plan. */
    CONVERGING,
    /** Nothing to do until somebody else has done something: {@link Report#waitingFor} says what. */
    WAITING,
    /** As the spec wants it. */
    READY,
    /** The last action failed; the agent tries again. */
    FAILED,
    /** Cannot go on before a person has done something. */
    BLOCKED,
    /** About to reboot, and back soon. */
    REBOOTING
}
