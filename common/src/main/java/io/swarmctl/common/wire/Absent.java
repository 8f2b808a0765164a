package io.swarmctl.common.wire;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a field is that the sender left out. */
final class Absent {
    private Absent() {}

    static <T> List<T> list(@Nullable List<T> given) {
        return given == null ? List.of() : List.copyOf(given);
    }

    static <T> T required(@Nullable T given, String field) {
        return Objects.requireNonNull(given, () -> field + " is missing");
    }
}
