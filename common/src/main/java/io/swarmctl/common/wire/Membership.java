package io.swarmctl.common.wire;

/** A node's part in the swarm, as Docker names it. */
public enum Membership {
    MANAGER,
    WORKER
}
