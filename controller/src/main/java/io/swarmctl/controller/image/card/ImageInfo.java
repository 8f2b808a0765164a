package io.swarmctl.controller.image.card;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an image says of itself: {@code swarmctl-image.json} on its boot partition. No secrets.
 *
 * @param base the system that it was made from, in words
 * @param agent the agent's version
 * @param ca the fleet CA's fingerprint
 * @param enrolmentKey the key's id
 * @param expires when the key lets nobody in any more; null when that is not known
 * @param wifi its name; empty without one
 */
@Json
public record ImageInfo(
        String base,
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
        String keyboard) {
    public ImageInfo {
        controllers = List.copyOf(controllers);
    }
}
