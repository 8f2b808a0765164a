package io.swarmctl.agent.workload;

import java.time.Duration;

/**
 * How much work there is. The time for each thing bounds it, however slow the board is.
 *
 * @param warmUp until the compiler has seen what is measured
 * @param edge how much of the beginning and of the end of {@code allCores} counts
 * @param card to write, to read
 * @param random to write, to read
 */
record Sizes(
        Duration warmUp,
        Duration oneCore,
        Duration allCores,
        Duration edge,
        Duration memory,
        int memoryBytes,
        Duration card,
        long cardBytes,
        Duration random) {
    private static final int MIB = 1 << 20;

    static final Sizes FULL = new Sizes(
            Duration.ofMillis(700),
            Duration.ofSeconds(2),
            Duration.ofSeconds(12),
            Duration.ofSeconds(3),
            Duration.ofSeconds(1),
            16 * MIB,
            Duration.ofMillis(3_500),
            64L * MIB,
            Duration.ofMillis(1_500));

    /** To see that it works. */
    static final Sizes BRIEF = new Sizes(
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(300),
            Duration.ofMillis(100),
            Duration.ofMillis(50),
            4 * MIB,
            Duration.ofMillis(300),
            4L * MIB,
            Duration.ofMillis(100));
}
