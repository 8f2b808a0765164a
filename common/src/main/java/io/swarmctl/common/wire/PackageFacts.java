package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * What dpkg and apt say.
 *
 * @param interrupted dpkg was stopped in its work and must be repaired first
 * @param indexAgeSeconds since {@code apt-get update} last succeeded for the sources as they are now; null: never
 * @param upgradable packages for which the index knows a newer version; null where the index is not known
 * @param dockerRepository base address of the Docker apt repository that is set up, empty when none is
 * @param dockerOnCard whose Docker packages the card brought along and still has, to be installed without a network;
 *     null: none
 * @param cacheTrouble why packages came directly from the internet the last time, and not from the controller's package
 *     cache; null when they did not, or were not meant to
 */
@Json
public record PackageFacts(
        boolean interrupted,
        @Nullable Long indexAgeSeconds,
        @Nullable Integer upgradable,
        String dockerRepository,
        @Nullable DockerSource dockerOnCard,
        @Nullable String cacheTrouble) {
    public PackageFacts {
        Absent.required(dockerRepository, "dockerRepository");
    }
}
