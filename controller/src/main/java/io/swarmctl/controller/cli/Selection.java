package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.NodeView;
import io.swarmctl.controller.api.view.NodesView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** Which nodes a command is about: the same words for every command. */
final class Selection {
    private static final String HOW = "name them, or select them with -l KEY=VALUE, --state STATE or --all";

    @Option(
            names = {"-l", "--selector", "--select"},
            paramLabel = "TERM",
            split = ",",
            description = "Only nodes whose labels fit: KEY=VALUE, KEY!=VALUE, KEY or !KEY, with commas between them;"
                    + " role, model, state, name and id count as labels.")
    private List<String> terms = new ArrayList<>();

    @Option(
            names = "--state",
            paramLabel = "STATE",
            split = ",",
            description = "Only nodes in that state, as 'nodes list' says; several with commas between them.")
    private List<String> states = new ArrayList<>();

    @Option(names = "--all", description = "All nodes that this can be done with.")
    private boolean all;

    /** Whether nodes are described instead of named: people may not know how many that are. */
    boolean describes() {
        return all || !terms.isEmpty() || !states.isEmpty();
    }

    /** Finds out what can be found out without asking anybody. */
    NodeSelector read(List<String> names) throws CliException {
        if (all ? !names.isEmpty() : !describes() && names.isEmpty()) {
            throw CliException.usage("which nodes?", HOW);
        }
        return NodeSelector.parse(names, terms, states);
    }

    /** For commands that are about all nodes unless told otherwise. */
    NodeSelector readOrAll(List<String> names) throws CliException {
        return NodeSelector.parse(names, terms, states);
    }

    /**
     * The nodes that are meant. Named ones are meant whatever they are like, so that nobody is left out in silence.
     *
     * @param fit whether it makes sense for a node that is described, and not named
     * @param what a node does that fits, as in "waits for approval"
     * @return none only with {@code --all}
     * @throws CliException when none is meant, or one that does not exist
     */
    List<NodeView> nodes(Api api, NodeSelector selector, Predicate<NodeView> fit, String what) throws CliException {
        List<NodeView> known = api.get("/nodes", NodesView.class).nodes();
        List<NodeView> meant = selector.isAll() ? known : selector.some(known);
        if (!selector.names().isEmpty()) {
            return meant;
        }
        List<NodeView> fitting = meant.stream().filter(fit).toList();
        if (fitting.isEmpty() && !all) {
            throw new CliException("none of them " + what, "see how they stand: swarmctl nodes list");
        }
        return fitting;
    }

    /** All that fit; there may be none. */
    List<NodeView> all(Api api, Predicate<NodeView> fit) throws CliException {
        return api.get("/nodes", NodesView.class).nodes().stream().filter(fit).toList();
    }

    static List<String> ids(List<NodeView> nodes) {
        return nodes.stream().map(NodeView::id).toList();
    }
}
