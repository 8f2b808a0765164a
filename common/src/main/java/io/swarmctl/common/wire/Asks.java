package io.swarmctl.common.wire;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * What a node is asked besides being what its spec says. Each by number: one that was answered is not answered again.
 *
 * @param diagnosis the number of the latest request for a {@link Diagnosis}; null when there was none
 * @param benchmark the number of the latest request for a {@link Benchmark}; null when there was none
 */
@Json
public record Asks(@Nullable Long diagnosis, @Nullable Long benchmark) {
    public static final Asks NOTHING = new Asks(null, null);
}
