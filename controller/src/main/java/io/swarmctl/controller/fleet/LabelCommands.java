package io.swarmctl.controller.fleet;

import io.swarmctl.controller.fleet.FleetException.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Labels: what people call their nodes' places and purposes, to select by. Harmless when repeated. */
public final class LabelCommands {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?");
    private static final Pattern VALUE = Pattern.compile("([A-Za-z0-9]([A-Za-z0-9._+-]{0,61}[A-Za-z0-9+])?)?");
    private static final int MOST = 32;

    /** Selected by like labels, and known without anybody saying so. */
    private static final Set<String> BUILT_IN = Set.of("name", "id", "role", "model", "state");

    private LabelCommands() {}

    /**
     * Gives nodes labels and takes others away.
     *
     * @param set values by key
     * @param remove keys
     * @throws FleetException when there is no such node, a label is spelt wrongly, or a node would have too many
     */
    public static Transition label(
            Fleet fleet, List<String> namesOrIds, Map<String, String> set, Collection<String> remove)
            throws FleetException {
        if (set.isEmpty() && remove.isEmpty()) {
            throw new FleetException(Reason.INVALID, "no label is given", "write KEY=VALUE, or KEY- to take it away");
        }
        for (Map.Entry<String, String> label : set.entrySet()) {
            require(label.getKey(), label.getValue());
        }
        Fleet after = fleet;
        List<Transition.Note> notes = new ArrayList<>();
        for (FleetNode node : Nodes.find(fleet, namesOrIds)) {
            Map<String, String> labels = new TreeMap<>(node.marks().labels());
            labels.keySet().removeAll(remove);
            labels.putAll(set);
            if (!labels.equals(node.marks().labels())) {
                requireFew(node, labels);
                after = after.with(node.with(node.marks().withLabels(labels)));
                notes.add(new Transition.Note(node.id(), node.name() + " " + words(labels)));
            }
        }
        return new Transition(after, notes);
    }

    private static void require(String key, String value) throws FleetException {
        if (BUILT_IN.contains(key)) {
            throw new FleetException(Reason.INVALID, "every node has its own " + key, "choose another key than " + key);
        }
        if (!KEY.matcher(key).matches()) {
            throw new FleetException(
                    Reason.INVALID,
                    "'" + key + "' is no key for a label",
                    "use up to 63 letters and digits, with . _ / - between them");
        }
        if (!VALUE.matcher(value).matches()) {
            throw new FleetException(
                    Reason.INVALID,
                    "'" + value + "' is no value for a label",
                    "use up to 63 letters and digits, with . _ + - between them, or nothing");
        }
    }

    private static void requireFew(FleetNode node, Map<String, String> labels) throws FleetException {
        if (labels.size() > MOST) {
            throw new FleetException(
                    Reason.INVALID,
                    node.name() + " would have " + labels.size() + " labels",
                    "take some away: a node has at most " + MOST);
        }
    }

    private static String words(Map<String, String> labels) {
        return labels.isEmpty() ? "has no labels any more" : "is labelled " + text(labels);
    }

    /** As people type them: {@code disk=ssd,rack=a}. */
    private static String text(Map<String, String> labels) {
        return String.join(
                ",",
                labels.entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .toList());
    }
}
