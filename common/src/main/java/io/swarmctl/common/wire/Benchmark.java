package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How fast a node was found to be.
 *
 * @param number of the request, as the spec had it
 * @param takenAt by the node's clock, in milliseconds since 1970
 * @param throttled which of the firmware's bits 0 to 3 were set meanwhile; null where there is no such firmware
 * @param celsiusBefore of the processor, null where nobody tells
 */
@Json
public record Benchmark(
        String nodeId,
        long number,
        long takenAt,
        String agentVersion,
        @Nullable Integer throttled,
        @Nullable Double celsiusBefore,
        @Nullable Double celsiusAfter,
        Measured measured)
        implements Answer {
    public Benchmark {
        Absent.required(nodeId, "nodeId");
        Absent.required(agentVersion, "agentVersion");
        Absent.required(measured, "measured");
    }

    /** Whether the board slowed itself down, or was about to; one that cannot tell counts as steady. */
    public boolean wasThrottled() {
        return throttled != null && throttled != 0;
    }

    /**
     * Measures by {@link Measure#key}. What could not be measured is not zero, but missing for a reason.
     *
     * @param missing why, for people
     */
    @Json
    public record Measured(Map<String, Double> values, Map<String, String> missing) {
        public Measured {
            values = values == null ? Map.of() : Map.copyOf(values);
            missing = missing == null ? Map.of() : Map.copyOf(missing);
        }
    }
}
