package io.swarmctl.controller.image.card;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an image says of itself: {@code swarmctl-image.json} on its boot partition. No secrets.
 *
 * @param base the system that it was made from, in words
 * @param release of that system, as {@code bookworm}; empty when the image does not tell
 * @param agent the agent's version
 * @param ca the fleet CA's fingerprint
 * @param enrolmentKey the key's id
 * @param expires when the key lets nobody in any more; null when that is not known
 * @param wifi its name; empty without one
 * @param user whom the first boot makes; empty when nobody
 * @param docker which Docker the card brings along, as {@code docker.io 20.10.24}; empty when none
 */
@Json
public record ImageInfo(
        String base,
        String release,
        String architecture,
        String agent,
        List<String> controllers,
        boolean mdns,
        String ca,
        String enrolmentKey,
        @Nullable Instant expires,
        String wifi,
        String wifiCountry,
        boolean ssh,
        String timezone,
        String locale,
        String keyboard,
        String user,
        String docker) {
    public ImageInfo {
        controllers = List.copyOf(controllers);
        // Earlier images do not tell.
        release = release == null ? "" : release;
        user = user == null ? "" : user;
        docker = docker == null ? "" : docker;
    }
}
