package io.swarmctl.controller.image.card;

import org.jspecify.annotations.Nullable;

/**
 * What makes one fleet's image differ from another's.
 *
 * @param wifi null: nodes are wired
 * @param ssh whether SSH is open until the fleet's policy is known
 */
public record CardSettings(Enrolment enrolment, @Nullable Wifi wifi, Region region, boolean ssh) {}
