package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * The board.
 *
 * @param memoryBytes usable memory
 * @param throttled the firmware's {@code get_throttled} bits, null where there is no such firmware; bit 0 is
 *     under-voltage now, bit 16 under-voltage since boot
 */
@Json
public record HardwareFacts(
        String serial,
        String model,
        long memoryBytes,
        @Nullable Integer throttled,
        @Nullable Double celsius) {
    public HardwareFacts {
        Absent.required(serial, "serial");
        Absent.required(model, "model");
    }

    public boolean hasSeenUnderVoltage() {
        return throttled != null && (throttled & 0x10001) != 0;
    }
}
