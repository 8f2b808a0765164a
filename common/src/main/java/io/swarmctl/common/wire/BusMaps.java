package io.swarmctl.common.wire;

/** The Hazelcast maps that are the bus. Each has one entry a node, under the node's id; values are compact JWS. */
public final class BusMaps {
    /** {@link NodeSpec}, written by the controller. */
    public static final String SPECS = "specs";

    /** {@link Report}, written by the node. */
    public static final String REPORTS = "reports";

    /** {@link OutputChunk}, written by the node. */
    public static final String OUTPUT = "output";

    /** {@link Diagnosis}, written by the node when its spec asks for one. */
    public static final String DIAGNOSES = "diagnoses";

    /** {@link Benchmark}, written by the node when its spec asks for one. */
    public static final String BENCHMARKS = "benchmarks";

    /** A report has a few thousand bytes, with the swarm's list some ten thousand more for every hundred nodes. */
    private static final int LONGEST_REPORT = 1_000_000;

    private static final int LONGEST_OUTPUT = 2_000_000;

    /** Twice what an agent's bounds make of it at the worst, as JSON in a signature. */
    private static final int LONGEST_DIAGNOSIS = 1_000_000;

    /** Twice what all measures make, were each missing for a long reason. */
    private static final int LONGEST_BENCHMARK = 20_000;

    private BusMaps() {}

    /** How long a value of that map may be that a node writes, in bytes. */
    public static int longest(String map) {
        return switch (map) {
            case REPORTS -> LONGEST_REPORT;
            case OUTPUT -> LONGEST_OUTPUT;
            case DIAGNOSES -> LONGEST_DIAGNOSIS;
            case BENCHMARKS -> LONGEST_BENCHMARK;
            default -> 0;
        };
    }
}
