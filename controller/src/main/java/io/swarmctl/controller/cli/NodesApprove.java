package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.NodeView;
import io.swarmctl.controller.api.view.NodesView;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "approve",
        description = {
            "Lets nodes in that wait for a person's word.",
            "A new card for a known node takes the old one's place, which is shut out; a manager's role is gone then."
        },
        footer = {"", "Example:", "  swarmctl nodes approve pi-004"})
final class NodesApprove implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    @Option(names = "--all", description = "All new nodes that wait, instead of named ones.")
    private boolean all;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "Only the card with this key, as 'nodes show' tells it: another may have asked since.")
    private String key = "";

    @Parameters(arity = "0..*", paramLabel = "NODE", description = "Names or ids; pi-[001-020] is twenty nodes.")
    private List<String> nodes = List.of();

    NodesApprove(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        if (all != nodes.isEmpty()) {
            throw CliException.usage("which nodes?", "name them, or give --all");
        }
        if (!key.isEmpty() && (all || nodes.size() != 1)) {
            throw CliException.usage("whose key?", "name one node together with --key");
        }
        if (!key.isEmpty() && !key.matches("[0-9a-f]{8,32}")) {
            throw CliException.usage("'" + key + "' is no key", "give 8 to 32 of the digits that 'nodes show' tells");
        }
        Api api = target.open(surroundings);
        List<String> waiting = all ? pending(api) : NodeNames.expand(nodes);
        if (waiting.isEmpty()) {
            surroundings.err().println("no node waits for approval");
            return ExitCode.OK;
        }
        return EachNode.post(api, waiting, key.isEmpty() ? "approve" : "approve?key=" + key, surroundings, output);
    }

    /** Who would take another's place has to be named. */
    private static List<String> pending(Api api) throws CliException {
        return api.get("/nodes", NodesView.class).nodes().stream()
                .filter(node -> node.state().equals("pending"))
                .map(NodeView::id)
                .toList();
    }
}
