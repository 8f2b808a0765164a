package io.swarmctl.controller.api.view;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Roles and who has them.
 *
 * @param unassigned names of enrolled nodes without a role
 * @param auto the standing rule; null when a person assigns roles
 */
@Json
public record RolesView(
        Instant at,
        List<RoleView> roles,
        List<String> unassigned,
        @Nullable AutoView auto,
        List<String> warnings) {
    public RolesView {
        roles = List.copyOf(roles);
        unassigned = List.copyOf(unassigned);
        warnings = List.copyOf(warnings);
    }

    /** A role; {@code membership} is {@code manager} or {@code worker}. */
    @Json
    public record RoleView(String name, String membership, List<String> nodes) {
        public RoleView {
            nodes = List.copyOf(nodes);
        }
    }
}
