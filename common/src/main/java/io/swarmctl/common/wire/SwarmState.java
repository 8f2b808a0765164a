package io.swarmctl.common.wire;

/** Docker's LocalNodeState. */
public enum SwarmState {
    INACTIVE,
    PENDING,
    ACTIVE,
    ERROR,
    LOCKED
}
