package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;

/** Work for the swarm that only a manager can do; {@code swarmNodeId} is Docker's id of the node it is about. */
@Json(typeProperty = "type")
@Json.SubType(type = Chore.Demote.class, name = "demote")
@Json.SubType(type = Chore.Forget.class, name = "forget")
public sealed interface Chore {
    String swarmNodeId();

    /** Makes a manager a worker, so that it can leave. */
    record Demote(String swarmNodeId) implements Chore {
        public Demote {
            Absent.required(swarmNodeId, "swarmNodeId");
        }
    }

    /** Removes the entry of a node that has left or never comes back. */
    record Forget(String swarmNodeId) implements Chore {
        public Forget {
            Absent.required(swarmNodeId, "swarmNodeId");
        }
    }
}
