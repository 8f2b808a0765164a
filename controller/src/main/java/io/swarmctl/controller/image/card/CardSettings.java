package io.swarmctl.controller.image.card;

import org.jspecify.annotations.Nullable;

/**
 * What makes one fleet's image differ from another's.
 *
 * @param wifi null: nodes are wired
 * @param ssh whether SSH is open until the fleet's policy is known
 * @param user whom the first boot makes; null: nobody, and nobody can log in before the node is enrolled
 */
public record CardSettings(
        Enrolment enrolment,
        @Nullable Wifi wifi,
        Region region,
        boolean ssh,
        @Nullable CardUser user) {}
