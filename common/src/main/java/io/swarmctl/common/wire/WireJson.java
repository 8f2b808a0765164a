package io.swarmctl.common.wire;

import io.avaje.json.JsonException;
import io.avaje.jsonb.Jsonb;

/** Reads and writes wire types as JSON. Unknown fields are ignored, so that old and new versions understand each other. */
public final class WireJson {
    private static final Jsonb JSONB = Jsonb.builder().build();

    private WireJson() {}

    public static <T> String write(T value, Class<T> type) {
        return JSONB.type(type).toJson(value);
    }

    /** @throws WireException when the text is no such value: not JSON, a required field missing, an unknown kind */
    public static <T> T read(String text, Class<T> type) throws WireException {
        try {
            T value = JSONB.type(type).fromJson(text);
            if (value == null) {
                throw new WireException("empty " + type.getSimpleName(), null);
            }
            return value;
        } catch (JsonException | IllegalArgumentException | IllegalStateException | NullPointerException e) {
            throw new WireException("not a " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }
}
