package io.swarmctl.controller.fleet;

import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.Report;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A node as the controller knows it.
 *
 * @param id from the board's serial
 * @param publicJwk the node's key: the one its certificate has, or the one that waits for approval
 * @param statusReason why it waits or was revoked, in words; else empty
 * @param role null as long as none is assigned
 * @param arrivedAt when it first knocked
 * @param seenAt when its latest report came, by the controller's clock; null before the first
 * @param report its latest report
 * @param goal what {@code spec} was written from
 * @param spec the latest spec written for it; null before the first
 */
public record FleetNode(
        String id,
        String name,
        String model,
        long memoryBytes,
        String publicJwk,
        Status status,
        String statusReason,
        @Nullable String role,
        Instant arrivedAt,
        @Nullable Instant seenAt,
        @Nullable Report report,
        @Nullable NodeGoal goal,
        @Nullable NodeSpec spec) {

    /** Whether a node may take part. */
    public enum Status {
        /** A person has to approve it. */
        PENDING,
        ENROLLED,
        /** Was a node; its certificate opens nothing any more. */
        REVOKED,
        /** Being taken out of the fleet: leaves the swarm first. */
        REMOVING
    }

    public FleetNode withStatus(Status status, String reason) {
        return new FleetNode(
                id, name, model, memoryBytes, publicJwk, status, reason, role, arrivedAt, seenAt, report, goal, spec);
    }

    public FleetNode withRole(@Nullable String role) {
        return new FleetNode(
                id,
                name,
                model,
                memoryBytes,
                publicJwk,
                status,
                statusReason,
                role,
                arrivedAt,
                seenAt,
                report,
                goal,
                spec);
    }

    public FleetNode withName(String name) {
        return new FleetNode(
                id,
                name,
                model,
                memoryBytes,
                publicJwk,
                status,
                statusReason,
                role,
                arrivedAt,
                seenAt,
                report,
                goal,
                spec);
    }

    public FleetNode withReport(Report report, Instant seenAt) {
        return new FleetNode(
                id,
                name,
                model,
                memoryBytes,
                publicJwk,
                status,
                statusReason,
                role,
                arrivedAt,
                seenAt,
                report,
                goal,
                spec);
    }

    public FleetNode withSpec(NodeGoal goal, NodeSpec spec) {
        return new FleetNode(
                id,
                name,
                model,
                memoryBytes,
                publicJwk,
                status,
                statusReason,
                role,
                arrivedAt,
                seenAt,
                report,
                goal,
                spec);
    }

    public FleetNode withKey(String publicJwk) {
        return new FleetNode(
                id, name, model, memoryBytes, publicJwk, status, statusReason, role, arrivedAt, null, null, null, spec);
    }
}
