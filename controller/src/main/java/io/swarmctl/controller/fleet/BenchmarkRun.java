package io.swarmctl.controller.fleet;

import io.swarmctl.common.wire.Benchmark.Measured;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How fast a node was found to be, once.
 *
 * @param number of the question that it answers
 * @param model of the board, then
 * @param takenAt when the answer came, by the controller's clock: the node's may be years off
 * @param throttled whether the board slowed itself down meanwhile, or was about to
 */
public record BenchmarkRun(
        String nodeId,
        long number,
        String model,
        String agentVersion,
        Instant takenAt,
        boolean throttled,
        @Nullable Double celsiusBefore,
        @Nullable Double celsiusAfter,
        Measured measured) {}
