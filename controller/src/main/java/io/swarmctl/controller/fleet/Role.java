package io.swarmctl.controller.fleet;

import io.swarmctl.common.wire.Membership;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a node is for. */
public record Role(String name, Membership membership) {
    /** The name of the built-in role of managers. */
    public static final String MANAGER = "manager";

    /** The roles that every fleet has. */
    public static final List<Role> BUILT_IN =
            List.of(new Role(MANAGER, Membership.MANAGER), new Role("worker", Membership.WORKER));

    public static Optional<Role> named(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return BUILT_IN.stream().filter(role -> role.name().equals(wanted)).findFirst();
    }
}
