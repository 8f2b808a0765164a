package io.swarmctl.controller.api;

import io.swarmctl.controller.cache.CacheDesk;
import io.swarmctl.controller.fleet.Diagnoses;
import io.swarmctl.controller.fleet.FleetLoop;
import io.swarmctl.controller.fleet.FleetStore;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What the API speaks to.
 *
 * @param metrics for Prometheus, in its text format; takes a moment
 */
public record Ports(
        FleetLoop loop,
        FleetStore store,
        AccessTokens tokens,
        Sessions sessions,
        PolicyPort policy,
        Diagnoses diagnoses,
        InstantSource clock,
        SecureRandom random,
        TokenBook tokenBook,
        CacheDesk packages,
        Supplier<String> metrics) {}
