package io.swarmctl.controller.api.view;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;

/** Actions that nodes have carried out, the latest first. */
@Json
public record ActionsView(Instant at, List<RunView> actions) {
    public ActionsView {
        actions = List.copyOf(actions);
    }

    /**
     * One of them.
     *
     * @param node its name, or its id when it is there no more
     * @param model of the board
     */
    @Json
    public record RunView(
            String node,
            String model,
            String action,
            String kind,
            Instant startedAt,
            long ageSeconds,
            double seconds,
            boolean ok) {}
}
