package io.swarmctl.common.wire;

/** The Hazelcast maps that are the bus. Each has one entry a node, under the node's id; values are compact JWS. */
public final class BusMaps {
    /** {@link NodeSpec}, written by the controller. */
    public static final String SPECS = "specs";

    /** {@link Report}, written by the node. */
    public static final String REPORTS = "reports";

    /** {@link OutputChunk}, written by the node. */
    public static final String OUTPUT = "output";

    private BusMaps() {}
}
