package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;

/** A swarm's join tokens. Secret: travels only sealed. */
@Json
public record JoinTokens(String clusterId, String manager, String worker) {
    public JoinTokens {
        Absent.required(clusterId, "clusterId");
        Absent.required(manager, "manager");
        Absent.required(worker, "worker");
    }

    public String of(Membership membership) {
        return switch (membership) {
            case MANAGER -> manager;
            case WORKER -> worker;
        };
    }

    @Override
    public String toString() {
        return "JoinTokens[" + clusterId + "]";
    }
}
