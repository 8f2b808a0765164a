package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * What somebody would look up on a node who could log in to it. Bounded, and without secrets.
 *
 * @param number of the request, as the spec had it
 * @param takenAt by the node's clock, in milliseconds since 1970
 */
@Json
public record Diagnosis(String nodeId, long number, long takenAt, List<Part> parts) implements Answer {
    public Diagnosis {
        Absent.required(nodeId, "nodeId");
        parts = Absent.list(parts);
    }

    /**
     * One thing that was looked up.
     *
     * @param name for people
     * @param text what came of it; of a long text its end
     * @param trouble why there is no more of it; empty when this is all
     */
    @Json
    public record Part(String name, String text, String trouble) {
        public Part {
            Absent.required(name, "name");
            Absent.required(text, "text");
            Absent.required(trouble, "trouble");
        }
    }
}
