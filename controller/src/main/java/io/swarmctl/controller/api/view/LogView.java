package io.swarmctl.controller.api.view;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;

/**
 * Lines of a node's log, oldest first.
 *
 * @param next what to ask for as {@code after} to read on
 */
@Json
public record LogView(Instant at, String node, List<Line> lines, long next) {
    public LogView {
        lines = List.copyOf(lines);
    }

    /** One line. */
    @Json
    public record Line(long sequence, Instant at, long ageSeconds, String action, String text) {}
}
