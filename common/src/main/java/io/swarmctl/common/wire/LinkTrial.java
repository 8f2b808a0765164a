package io.swarmctl.common.wire;

/**
 * What is said on a connection to {@link Services#LINK}. The controller begins, with {@link #WAIT} now and then and
 * {@link #GO} when it is the node's turn, or {@link #FULL} when it will not be. From then on the node asks, with one byte:
 * {@link #PING} comes back as it is; to {@link #DOWN} the controller sends blocks; after {@link #UP} the node sends blocks,
 * and the byte comes back after the last. A block's first byte says whether it is the last one.
 */
public final class LinkTrial {
    public static final int WAIT = 'W';
    public static final int GO = 'G';
    public static final int FULL = 'F';
    public static final int PING = 'P';
    public static final int DOWN = 'D';
    public static final int UP = 'U';

    /** In bytes. */
    public static final int BLOCK = 16 * 1024;

    public static final int ANOTHER_BLOCK = 1;
    public static final int LAST_BLOCK = 0;

    /** Of blocks, each way on each connection. */
    public static final int MOST_BLOCKS = 4 * 1024;

    /** How long blocks are sent, each way. */
    public static final int MOST_MILLIS = 2_000;

    /** Connections of a node whose turn it is: with one alone, the core that works for it would be measured. */
    public static final int STREAMS = 4;

    /** How long a node may have to wait for its turn. */
    public static final int LONGEST_WAIT_SECONDS = 12 * 60;

    private LinkTrial() {}
}
