package io.swarmctl.controller.image.card;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How nodes find their controller and are let in.
 *
 * @param controllers addresses, {@code host[:port]}
 * @param mdns whether to look on the local network too
 * @param ca the fleet CA's certificate as PEM
 * @param key lets nodes in; a secret
 * @param expires when it no longer does; null when that is not known
 */
public record Enrolment(
        List<String> controllers,
        boolean mdns,
        String ca,
        String key,
        @Nullable Instant expires) {
    public Enrolment {
        controllers = List.copyOf(controllers);
    }

    /** Which key it is, without its secret: {@code swk_ID_SECRET}. */
    public String keyId() {
        String[] parts = key.strip().split("_");
        return parts.length == 3 ? parts[1] : "";
    }

    @Override
    public String toString() {
        return "Enrolment[" + keyId() + "]";
    }
}
