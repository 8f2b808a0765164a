package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.NodeView;
import io.swarmctl.controller.text.Nearest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a node's label, or of what every node has: its name, id, role, model, state.
 *
 * @param value null when it is only asked whether there is one
 */
record LabelTerm(String key, boolean wanted, @Nullable String value) {
    private static final Pattern COMPARED = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._/-]*)(!=|==?)([^=]*)");
    private static final Pattern THERE = Pattern.compile("(!?)([A-Za-z0-9][A-Za-z0-9._/-]*)");
    private static final int MOST_SHOWN = 8;

    /** @throws CliException when it is none of {@code KEY=VALUE}, {@code KEY!=VALUE}, {@code KEY} and {@code !KEY} */
    static LabelTerm parse(String term) throws CliException {
        Matcher compared = COMPARED.matcher(term);
        if (compared.matches()) {
            return new LabelTerm(compared.group(1), !compared.group(2).equals("!="), compared.group(3));
        }
        Matcher there = THERE.matcher(term);
        if (there.matches()) {
            return new LabelTerm(there.group(2), there.group(1).isEmpty(), null);
        }
        throw CliException.usage(
                "'" + term + "' selects nothing", "write KEY=VALUE, KEY!=VALUE, KEY or !KEY, with commas between them");
    }

    boolean fits(NodeView node) {
        return values(node, key).stream().anyMatch(has -> value == null || has.equalsIgnoreCase(value)) == wanted;
    }

    /** More than one where a thing has a long and a short name. */
    private static Set<String> values(NodeView node, String key) {
        return switch (key) {
            case "name" -> Set.of(node.name());
            case "id" -> Set.of(node.id());
            case "role" -> node.role() == null ? Set.of() : Set.of(node.role());
            case "state" -> Set.of(node.state());
            case "model" -> new TreeSet<>(List.of(Words.model(node.model()), node.model()));
            default -> Optional.ofNullable(node.labels().get(key)).map(Set::of).orElse(Set.of());
        };
    }

    /** What could have been asked for instead, in words. */
    String known(List<NodeView> nodes) {
        Set<String> keys = new TreeSet<>(List.of("name", "id", "role", "model", "state"));
        nodes.forEach(node -> keys.addAll(node.labels().keySet()));
        if (!keys.contains(key)) {
            return Nearest.didYouMean(key, keys, "labels are: " + String.join(", ", keys));
        }
        Set<String> there = nodes.stream()
                .flatMap(node -> values(node, key).stream().limit(1))
                .collect(Collectors.toCollection(TreeSet::new));
        return key + " is one of: "
                + there.stream().limit(MOST_SHOWN).collect(Collectors.joining(", "))
                + (there.size() > MOST_SHOWN ? ", and others" : "");
    }

    @Override
    public String toString() {
        if (value == null) {
            return (wanted ? "" : "!") + key;
        }
        return key + (wanted ? "=" : "!=") + value;
    }
}
