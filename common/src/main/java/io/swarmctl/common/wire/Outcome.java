package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one action.
 *
 * @param action the action's title
 * @param startedAt milliseconds since 1970 by the node's clock
 * @param lastLines the end of what it printed, secrets never
 * @param failure null when the machine shows what the action was for
 */
@Json
public record Outcome(
        String action,
        long startedAt,
        long durationMillis,
        List<String> lastLines,
        @Nullable Failure failure) {
    public Outcome {
        Absent.required(action, "action");
        lastLines = Absent.list(lastLines);
    }

    public boolean ok() {
        return failure == null;
    }
}
