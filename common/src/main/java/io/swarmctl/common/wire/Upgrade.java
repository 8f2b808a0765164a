package io.swarmctl.common.wire;

/** What happens to a node's packages before it joins the swarm. */
public enum Upgrade {
    /** Nothing but what has to be installed. */
    NONE,
    /** Everything is brought up to date once. Nodes in the swarm are not touched. */
    FULL
}
