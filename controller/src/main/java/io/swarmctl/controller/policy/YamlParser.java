package io.swarmctl.controller.policy;

import static io.swarmctl.controller.policy.YamlDocument.pointer;

import io.swarmctl.controller.policy.YamlDocument.Place;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Turns one YAML text into JSON and notes where each value stands. Bounded in size, depth and what aliases repeat. */
final class YamlParser {
    static final int MOST_CHARACTERS = 256 * 1024;
    private static final int MOST_DEPTH = 20;
    private static final int MOST_VALUES = 50_000;

    private static final String TOO_MUCH = "fleet files are small: leave out what is not meant to be there";

    private final LoadSettings settings = LoadSettings.builder()
            .setLabel("text")
            .setSchema(new CoreSchema())
            .setCodePointLimit(MOST_CHARACTERS)
            // Refused below, with their place.
            .setAllowNonScalarKeys(true)
            .setMaxAliasesForCollections(MOST_VALUES)
            .build();
    private final Map<String, Place> keys = new HashMap<>();
    private final Map<String, Place> values = new HashMap<>();
    private int count;

    YamlDocument parse(String text) throws YamlException {
        if (text.length() > MOST_CHARACTERS) {
            throw new YamlException(
                    Place.NOWHERE, "the text has more than " + MOST_CHARACTERS / 1024 + " KB", TOO_MUCH);
        }
        try {
            refuseDepth(text);
            Optional<Node> root = new Compose(settings).composeString(text);
            return root.isEmpty()
                    ? new YamlDocument(null, Map.of(), Map.of())
                    : new YamlDocument(json(root.get(), "", 0), keys, values);
        } catch (MarkedYamlEngineException e) {
            Place place =
                    e.getProblemMark().or(e::getContextMark).map(Place::of).orElse(Place.NOWHERE);
            throw new YamlException(
                    place, "not YAML: " + e.getProblem(), "mind the indentation and quotes around here");
        } catch (YamlEngineException e) {
            throw new YamlException(Place.NOWHERE, "not YAML: " + e.getMessage(), "write it as plain UTF-8 text");
        }
    }

    /** The composer calls itself for every level, and would run out of stack before we see anything. */
    private void refuseDepth(String text) throws YamlException {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            depth += switch (event.getEventId()) {
                case MappingStart, SequenceStart -> 1;
                case MappingEnd, SequenceEnd -> -1;
                default -> 0;
            };
            if (depth > MOST_DEPTH) {
                Place place = event.getStartMark().map(Place::of).orElse(Place.NOWHERE);
                throw new YamlException(place, "more than " + MOST_DEPTH + " levels", TOO_MUCH);
            }
        }
    }

    private @Nullable Object json(Node node, String pointer, int depth) throws YamlException {
        if (++count > MOST_VALUES || depth > MOST_DEPTH) {
            throw new YamlException(
                    Place.of(node), "aliases make this endless or very large", "write it without aliases");
        }
        values.put(pointer, Place.of(node));
        if (node instanceof MappingNode mapping) {
            return object(mapping, pointer, depth);
        }
        if (node instanceof SequenceNode sequence) {
            JsonArray array = new JsonArray();
            for (Node element : sequence.getValue()) {
                array.add(json(element, pointer(pointer, String.valueOf(array.size())), depth + 1));
            }
            return array;
        }
        if (node instanceof ScalarNode scalar) {
            return simple(scalar);
        }
        throw new YamlException(Place.of(node), "this refers to itself", "write it without aliases");
    }

    /** A key without a value is as good as none: so all entries below it can be commented out. */
    private JsonObject object(MappingNode mapping, String pointer, int depth) throws YamlException {
        JsonObject object = new JsonObject();
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                throw new YamlException(Place.of(entry.getKeyNode()), "a key must be a word", "put it in quotes");
            }
            String below = pointer(pointer, key.getValue());
            Place first = keys.put(below, Place.of(key));
            if (first != null && object.containsKey(key.getValue())) {
                throw new YamlException(
                        Place.of(key),
                        "'" + key.getValue() + "' is here twice",
                        "it is in line " + first.line() + " already; remove one of them");
            }
            Object value = json(entry.getValueNode(), below, depth + 1);
            object.put(key.getValue(), value);
        }
        object.getMap().values().removeIf(value -> value == null);
        return object;
    }

    private static @Nullable Object simple(ScalarNode scalar) throws YamlException {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.STR)) {
            return text;
        } else if (tag.equals(Tag.NULL)) {
            return null;
        } else if (tag.equals(Tag.BOOL)) {
            return "true".equalsIgnoreCase(text);
        } else if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return number(text);
        }
        throw new YamlException(Place.of(scalar), "the tag " + tag.getValue() + " is not known here", "leave it out");
    }

    /** Decimal numbers; those in other forms stay text, for nothing here wants them. */
    private static Object number(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            return text.matches("[-+]?[0-9]{1,9}") ? (Object) number.intValueExact() : (Object) number.doubleValue();
        } catch (NumberFormatException e) {
            return text;
        }
    }
}
