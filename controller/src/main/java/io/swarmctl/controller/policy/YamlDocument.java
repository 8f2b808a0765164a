package io.swarmctl.controller.policy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A YAML text as JSON, with the place of every value in the text. Pure.
 *
 * <p>Values are named by JSON pointers (RFC 6901); the whole is named by the empty text.
 */
public final class YamlDocument {
    private final @Nullable Object json;
    private final Map<String, Place> keys;
    private final Map<String, Place> values;

    /** Where something stands in the text, both counted from 1; 0 when it is nowhere in particular. */
    public record Place(int line, int column) {
        static final Place NOWHERE = new Place(0, 0);
        static final Place BEGIN = new Place(1, 1);

        static Place of(Node node) {
            return node.getStartMark().map(Place::of).orElse(NOWHERE);
        }

        static Place of(Mark mark) {
            return new Place(mark.getLine() + 1, mark.getColumn() + 1);
        }
    }

    YamlDocument(@Nullable Object json, Map<String, Place> keys, Map<String, Place> values) {
        this.json = json;
        this.keys = Collections.unmodifiableMap(new HashMap<>(keys));
        this.values = Collections.unmodifiableMap(new HashMap<>(values));
    }

    /** @throws YamlException when it is no YAML, or larger or deeper than anything we take */
    public static YamlDocument parse(String text) throws YamlException {
        return new YamlParser().parse(text);
    }

    /** A JsonObject, a JsonArray, or a simple value; null for an empty text. */
    public @Nullable Object json() {
        return json;
    }

    /** The place of the value's key, or of the value itself when it has none. */
    public Place key(String pointer) {
        return keys.getOrDefault(pointer, value(pointer));
    }

    /** The place of the value, or of the nearest one around it. */
    public Place value(String pointer) {
        for (String around = pointer; !around.isEmpty(); around = around.substring(0, around.lastIndexOf('/'))) {
            Place place = values.get(around);
            if (place != null) {
                return place;
            }
        }
        return values.getOrDefault("", Place.BEGIN);
    }

    /** The value in the JSON that the pointer names; null when there is none. */
    static @Nullable Object find(Object json, String pointer) {
        if (pointer.isEmpty()) {
            return json;
        }
        Object around = find(json, pointer.substring(0, pointer.lastIndexOf('/')));
        String name = lastName(pointer);
        if (around instanceof JsonObject object) {
            return object.getValue(name);
        }
        return around instanceof JsonArray array ? array.getValue(Integer.parseInt(name)) : null;
    }

    /** The name of a value within the one that is named. */
    public static String pointer(String around, String name) {
        return around + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    /** The last name in the pointer. */
    public static String lastName(String pointer) {
        return pointer.substring(pointer.lastIndexOf('/') + 1)
                .replace("~1", "/")
                .replace("~0", "~");
    }
}
