package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.NodeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "label",
        description = {
            "Gives nodes labels, to select them by: KEY=VALUE; KEY- takes one away.",
            "Several nodes and several labels, in any order."
        },
        footer = {
            "",
            "Examples:",
            "  swarmctl nodes label pi-001 rack=a",
            "  swarmctl nodes label pi-[002-004] rack=a disk=ssd",
            "  swarmctl nodes label -l rack=a rack-"
        })
final class NodesLabel implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Selection selection = new Selection();

    @Mixin
    private Deed deed = new Deed();

    @Mixin
    private Output output = new Output();

    @Parameters(
            arity = "1..*",
            paramLabel = "NODE|LABEL",
            description = "Names or ids of nodes, pi-[001-020] is twenty; and KEY=VALUE or KEY-.")
    private List<String> words = List.of();

    NodesLabel(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException, InterruptedException {
        List<String> names = new ArrayList<>();
        Map<String, Object> set = new TreeMap<>();
        List<String> remove = new ArrayList<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                set.put(word.substring(0, equals), word.substring(equals + 1));
            } else if (word.endsWith("-")) {
                remove.add(word.substring(0, word.length() - 1));
            } else {
                names.add(word);
            }
        }
        if (set.isEmpty() && remove.isEmpty()) {
            throw CliException.usage("which label?", "write KEY=VALUE, or KEY- to take it away");
        }
        NodeSelector selector = selection.read(names);
        Api api = target.open(surroundings);
        List<NodeView> nodes = selection.nodes(api, selector, node -> true, "is known");
        if (nodes.isEmpty()) {
            surroundings.err().println("there are no nodes");
            return ExitCode.OK;
        }
        List<String> ids = Selection.ids(nodes);
        Order order = new Order(
                "POST",
                "/node-labels",
                Map.of("nodes", ids, "set", set, "remove", remove),
                ids,
                Goal.DONE,
                Order.Caution.NONE,
                "Label?");
        return deed.carryOut(order, api, surroundings, output);
    }
}
