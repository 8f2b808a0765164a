package io.swarmctl.agent.machine;

import io.swarmctl.common.wire.Benchmark.Measured;
import io.swarmctl.common.wire.Measure;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Measures how fast the machine is. Used beside whatever else goes on there, and by one thread. */
public interface Workbench {
    /** Of a machine that cannot be measured. */
    Workbench NONE = () -> new Run(nothing("this machine cannot be measured"), null, null, null);

    /**
     * Measures all that can be measured without the network, blocking for half a minute or so. What could not be measured
     * is missing in the answer.
     *
     * @throws InterruptedException when the thread was interrupted; nothing is left at work then
     */
    Run measure() throws InterruptedException;

    /**
     * What was measured, and how the board felt meanwhile.
     *
     * @param throttled the firmware's bits 0 to 3 that were set at some time; null where there is no such firmware
     */
    record Run(
            Measured measured,
            @Nullable Integer throttled,
            @Nullable Double celsiusBefore,
            @Nullable Double celsiusAfter) {}

    /** All that can be measured without the network, and was not. */
    static Measured nothing(String reason) {
        return new Measured(
                Map.of(),
                Arrays.stream(Measure.values())
                        .filter(measure -> !measure.isOfLink())
                        .collect(Collectors.toMap(Measure::key, measure -> reason)));
    }
}
