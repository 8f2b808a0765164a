package io.swarmctl.controller.api.view;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fleet's swarm.
 *
 * @param state {@code none}, {@code founding}, {@code recovering}, {@code working}, or {@code silent} when no connected
 *     manager says that there is a leader, and thus a quorum
 * @param clusterId empty before it is founded
 * @param founder name of the node that founds it, or founded it; empty before one is chosen
 * @param founderEpoch how often a founder was chosen
 * @param managersJoined as a connected manager last told; 0 when none did
 * @param managersReachable as a connected manager last told
 * @param waitingFor what ends a state that is not {@code working}; else empty
 */
@Json
public record SwarmDetailView(
        Instant at,
        String state,
        String clusterId,
        String founder,
        long founderEpoch,
        int managersJoined,
        int managersReachable,
        List<ManagerView> managers,
        int workersJoined,
        int workersReady,
        String waitingFor,
        @Nullable Instant seenAt,
        @Nullable Long seenAgeSeconds) {
    public SwarmDetailView {
        managers = List.copyOf(managers);
    }

    /**
     * A node that manages the swarm, by its own word, or is to.
     *
     * @param manages whether it says that it does
     * @param trouble what its engine says is wrong; may be empty
     */
    @Json
    public record ManagerView(
            String name,
            String address,
            boolean connected,
            boolean manages,
            boolean leader,
            String trouble,
            @Nullable Instant seenAt,
            @Nullable Long seenAgeSeconds) {}
}
