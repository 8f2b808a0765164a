package io.swarmctl.controller.cli;

import io.avaje.jsonb.Jsonb;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** JSON without types: maps, lists, texts, numbers and truths; printed as JSON or YAML. */
final class Tree {
    private static final Jsonb JSONB = Jsonb.builder().build();
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*");
    private static final Pattern TAKEN = Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n");

    private Tree() {}

    static @Nullable Object parse(String json) {
        return JSONB.type(Object.class).fromJson(json);
    }

    /** An object without those things in one of its lists whose id is none of the given ones. */
    static String keep(String json, String list, String id, Set<String> ids) {
        Map<Object, Object> kept = new LinkedHashMap<>();
        if (parse(json) instanceof Map<?, ?> object) {
            kept.putAll(object);
        }
        if (kept.get(list) instanceof List<?> things) {
            kept.put(
                    list,
                    things.stream()
                            .filter(thing -> thing instanceof Map<?, ?> one
                                    && one.get(id) instanceof String its
                                    && ids.contains(its))
                            .toList());
        }
        return json(kept);
    }

    /** On one line. */
    static String json(@Nullable Object value) {
        return JSONB.type(Object.class).toJson(value);
    }

    /** For people and programs: indented by two. */
    static String prettyJson(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        json(value, "\n", out);
        return out.append('\n').toString();
    }

    private static void json(@Nullable Object value, String line, StringBuilder out) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            String separator = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(separator)
                        .append(line)
                        .append("  ")
                        .append(json(entry.getKey()))
                        .append(": ");
                json(entry.getValue(), line + "  ", out);
                separator = ",";
            }
            out.append(line).append('}');
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            String separator = "[";
            for (Object item : list) {
                out.append(separator).append(line).append("  ");
                json(item, line + "  ", out);
                separator = ",";
            }
            out.append(line).append(']');
        } else {
            out.append(json(value));
        }
    }

    static String yaml(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        yaml(value, "", out);
        return out.toString();
    }

    private static void yaml(@Nullable Object value, String indent, StringBuilder out) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            boolean first = true;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(first ? "" : indent).append(scalar(entry.getKey())).append(':');
                child(entry.getValue(), indent, out);
                first = false;
            }
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            boolean first = true;
            for (Object item : list) {
                out.append(first ? "" : indent).append("- ");
                yaml(item, indent + "  ", out);
                first = false;
            }
        } else {
            out.append(scalar(value)).append('\n');
        }
    }

    private static void child(@Nullable Object value, String indent, StringBuilder out) {
        boolean nested = (value instanceof Map<?, ?> map && !map.isEmpty())
                || (value instanceof List<?> list && !list.isEmpty());
        out.append(nested ? "\n" + indent + "  " : " ");
        yaml(value, indent + "  ", out);
    }

    /** JSON's way of quoting is YAML's too. */
    private static String scalar(@Nullable Object value) {
        if (value instanceof String text
                && PLAIN.matcher(text).matches()
                && !TAKEN.matcher(text).matches()) {
            return text;
        }
        return json(value);
    }
}
