package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.NodeView;
import io.swarmctl.controller.text.NameRanges;
import io.swarmctl.controller.text.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which nodes are meant: those that are named, or all; of them those that fit every term and are in one of the states.
 *
 * @param names names and ids, ranges already written out; empty: all nodes
 * @param states empty: any
 */
record NodeSelector(List<String> names, List<LabelTerm> terms, Set<String> states) {
    /** As the API has them. */
    static final List<String> STATES = List.of(
            "pending",
            "new",
            "silent",
            "working",
            "waiting",
            "ready",
            "failed",
            "blocked",
            "rebooting",
            "revoked",
            "removing");

    /** All nodes of the fleet. */
    static final NodeSelector EVERY = new NodeSelector(List.of(), List.of(), Set.of());

    NodeSelector {
        names = List.copyOf(names);
        terms = List.copyOf(terms);
        states = Set.copyOf(states);
    }

    /** @throws CliException when it makes no sense as typed */
    static NodeSelector parse(List<String> names, List<String> terms, List<String> states) throws CliException {
        List<LabelTerm> parsed = new ArrayList<>();
        for (String term : terms) {
            parsed.add(LabelTerm.parse(term));
        }
        Set<String> wanted = new TreeSet<>();
        for (String state : states) {
            String lower = state.toLowerCase(Locale.ROOT);
            if (!STATES.contains(lower)) {
                throw CliException.usage(
                        "there is no state " + state,
                        Nearest.didYouMean(state, STATES, "states are: " + String.join(", ", STATES)));
            }
            wanted.add(lower);
        }
        return new NodeSelector(NodeNames.expand(names), parsed, wanted);
    }

    /** Whether every node of the fleet is meant. */
    boolean isAll() {
        return names.isEmpty() && terms.isEmpty() && states.isEmpty();
    }

    /**
     * The nodes that are meant, in the order of the given ones; there may be none.
     *
     * @throws CliException when a named one does not exist
     */
    List<NodeView> of(List<NodeView> nodes) throws CliException {
        return among(nodes).stream()
                .filter(node -> terms.stream().allMatch(term -> term.fits(node)))
                .filter(node -> states.isEmpty() || states.contains(node.state()))
                .toList();
    }

    private List<NodeView> among(List<NodeView> nodes) throws CliException {
        if (names.isEmpty()) {
            return nodes;
        }
        Map<String, NodeView> known = new LinkedHashMap<>();
        nodes.forEach(node -> known.put(node.id(), node));
        nodes.forEach(node -> known.put(node.name(), node));
        Set<String> ids = new TreeSet<>();
        for (String name : names) {
            NodeView node = known.get(name);
            if (node == null) {
                throw new CliException(
                        "there is no node " + name,
                        NameRanges.hint(name, known.keySet(), "see the names with: swarmctl nodes list"));
            }
            ids.add(node.id());
        }
        return nodes.stream().filter(node -> ids.contains(node.id())).toList();
    }

    /**
     * The same, where none is too few.
     *
     * @throws CliException when a named one does not exist, or none is meant
     */
    List<NodeView> some(List<NodeView> nodes) throws CliException {
        List<NodeView> meant = of(nodes);
        if (meant.isEmpty()) {
            throw new CliException(
                    "that selects none of the fleet's " + Words.count(nodes.size(), "node"), hint(nodes));
        }
        return meant;
    }

    private String hint(List<NodeView> nodes) {
        for (LabelTerm term : terms) {
            if (nodes.stream().noneMatch(term::fits)) {
                return "no node fits " + term + "; " + term.known(nodes);
            }
        }
        return "see what there is: swarmctl nodes list -o wide";
    }
}
