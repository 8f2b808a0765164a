package io.swarmctl.controller.policy;

import static io.swarmctl.controller.policy.YamlDocument.lastName;

import io.swarmctl.controller.api.PolicyPort.Problem;
import io.swarmctl.controller.policy.YamlDocument.Place;
import io.swarmctl.controller.text.Nearest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The shape of {@code fleet.yaml}, and what is wrong with a text's shape, in words and with its place. */
final class PolicySchema {
    private static final String RESOURCE = "fleet.schema.json";
    private static final int LONGEST_SHOWN = 60;

    private final String text;
    private final JsonObject schema;
    private final Validator validator;

    PolicySchema() {
        text = load();
        schema = new JsonObject(text);
        validator = Validator.create(
                JsonSchema.of(schema),
                new JsonSchemaOptions()
                        .setBaseUri("urn:swarmctl")
                        .setDraft(Draft.DRAFT202012)
                        .setOutputFormat(OutputFormat.Basic));
    }

    private static String load() {
        try (InputStream stream = PolicySchema.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException(RESOURCE + " is not in the jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        return text;
    }

    /** The description of a value, by the pointer of its schema: for the comments of a written policy. */
    String description(String schemaPointer) {
        return object(schemaPointer).getString("description", "");
    }

    /** All that is wrong, in the text's order; empty when its shape is right. */
    List<Problem> problems(YamlDocument document) {
        if (!(document.json() instanceof JsonObject json)) {
            Place place = document.value("");
            return List.of(new Problem(
                    place.line(), place.column(), "this is no fleet file", "the smallest one is 'version: 1'"));
        }
        List<OutputUnit> errors = validator.validate(json).getErrors();
        if (errors == null) {
            return List.of();
        }
        Set<Problem> problems = new LinkedHashSet<>();
        Set<String> explained = new TreeSet<>();
        for (OutputUnit error : errors) {
            String at = fragment(error.getInstanceLocation());
            List<Problem> found = problems(document, json, at, fragment(error.getAbsoluteKeywordLocation()));
            // The first one says it: a text where a number is wanted is also no number in range.
            if (!found.isEmpty() && explained.add(at)) {
                problems.addAll(found);
            }
        }
        return problems.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
    }

    private List<Problem> problems(YamlDocument document, JsonObject json, String at, String keywordPointer) {
        String ownerPointer = keywordPointer.substring(0, keywordPointer.lastIndexOf('/'));
        JsonObject owner = object(ownerPointer);
        Object value = YamlDocument.find(json, at);
        Place place = ownerPointer.endsWith("/propertyNames") ? document.key(at) : document.value(at);
        return switch (lastName(keywordPointer)) {
            case "required" -> missing(document.key(at), at, owner, value);
            case "additionalProperties" -> unknown(document.key(at), at, owner);
            case "type" -> List.of(wrongType(place, owner, value));
            case "enum" -> List.of(notOneOf(place, owner.getJsonArray("enum"), value));
            case "const" -> List.of(notOneOf(place, new JsonArray().add(owner.getValue("const")), value));
            case "minimum", "maximum" -> List.of(outOfRange(place, owner, value));
            case "pattern" -> List.of(notOfForm(place, owner, at, ownerPointer, value));
            case "maxLength", "maxItems", "maxProperties" -> List.of(tooMuch(place, owner, keywordPointer));
            // All others only say that something below them is wrong.
            default -> List.of();
        };
    }

    private List<Problem> missing(Place place, String at, JsonObject owner, @Nullable Object value) {
        List<Problem> missing = new ArrayList<>();
        for (Object name : owner.getJsonArray("required")) {
            if (value instanceof JsonObject object && !object.containsKey((String) name)) {
                String where = at.isEmpty() ? "" : " in '" + lastName(at) + "'";
                missing.add(new Problem(
                        place.line(), place.column(), "'" + name + "' is missing" + where, "add '" + name + ":'"));
            }
        }
        return missing;
    }

    /** The validator also names keys that are known and have something wrong below them. */
    private List<Problem> unknown(Place place, String at, JsonObject owner) {
        Set<String> known = new TreeSet<>(
                owner.getJsonObject("properties", new JsonObject()).fieldNames());
        String name = lastName(at);
        if (!Boolean.FALSE.equals(owner.getValue("additionalProperties")) || known.contains(name)) {
            return List.of();
        }
        String remedy = Nearest.didYouMean(name, known, "known here: " + String.join(", ", known));
        return List.of(new Problem(place.line(), place.column(), "'" + name + "' is not known here", remedy));
    }

    private static Problem wrongType(Place place, JsonObject owner, @Nullable Object value) {
        String remedy = switch (owner.getString("type")) {
            case "boolean" -> "write true or false";
            case "integer" -> "write a whole number";
            case "array" -> "write a list: [..]";
            case "object" -> "write keys and values below it";
            default ->
                value instanceof Number || value instanceof Boolean
                        ? "put it in quotes"
                        : "write " + owner.getString("description", "a text");
        };
        return new Problem(place.line(), place.column(), shown(owner, value) + " is not allowed here", remedy);
    }

    private static Problem notOneOf(Place place, JsonArray allowed, @Nullable Object value) {
        List<String> words = allowed.stream().map(String::valueOf).toList();
        String remedy = "write " + String.join(" or ", words);
        if (value instanceof String word) {
            remedy = words.contains(word) ? "write it without quotes" : Nearest.didYouMean(word, words, remedy);
        }
        return new Problem(
                place.line(), place.column(), shown(new JsonObject(), value) + " is not allowed here", remedy);
    }

    private static Problem outOfRange(Place place, JsonObject owner, @Nullable Object value) {
        return new Problem(
                place.line(),
                place.column(),
                value + " is out of range",
                "write a number from " + owner.getValue("minimum") + " to " + owner.getValue("maximum"));
    }

    private static Problem notOfForm(
            Place place, JsonObject owner, String at, String ownerPointer, @Nullable Object value) {
        Object shown = ownerPointer.endsWith("/propertyNames") ? lastName(at) : value;
        return new Problem(
                place.line(),
                place.column(),
                shown(owner, shown) + " is not allowed here",
                "write " + owner.getString("description"));
    }

    private static Problem tooMuch(Place place, JsonObject owner, String keywordPointer) {
        String keyword = lastName(keywordPointer);
        String unit = keyword.equals("maxLength") ? "characters" : "entries";
        return new Problem(
                place.line(), place.column(), "this is too long", "at most " + owner.getValue(keyword) + " " + unit);
    }

    /** What somebody wrote where a secret belongs may be the secret. */
    private static String shown(JsonObject owner, @Nullable Object value) {
        if (owner.getBoolean("writeOnly", false)) {
            return "what is written";
        }
        if (value instanceof JsonObject || value instanceof JsonArray || value == null) {
            return "this";
        }
        String text = String.valueOf(value);
        if (text.contains("PRIVATE KEY")) {
            return "a private key";
        }
        return "'" + (text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text) + "'";
    }

    private JsonObject object(String pointer) {
        return YamlDocument.find(schema, pointer) instanceof JsonObject object ? object : new JsonObject();
    }

    /** The validator writes pointers as fragments of URIs. */
    private static String fragment(String location) {
        String encoded = location.substring(location.indexOf('#') + 1);
        return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
