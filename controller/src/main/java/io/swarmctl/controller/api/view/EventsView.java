package io.swarmctl.controller.api.view;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened, newest first. */
@Json
public record EventsView(Instant at, List<EventView> events) {
    public EventsView {
        events = List.copyOf(events);
    }

    /** @param node the name of the node it is about, its id when it is gone; null when it is about the fleet */
    @Json
    public record EventView(
            Instant at,
            long ageSeconds,
            String actor,
            @Nullable String node,
            String text) {}
}
