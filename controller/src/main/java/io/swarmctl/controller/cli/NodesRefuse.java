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
        name = "refuse",
        description = {
            "Sends away who waits for a person's word: new nodes, and new cards for known nodes, which stay as they are.",
            "The same card does not ask again, unless it is flashed anew."
        },
        footer = {"", "Example:", "  swarmctl nodes refuse pi-004"})
final class NodesRefuse implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    @Option(names = "--all", description = "All that wait, instead of named ones.")
    private boolean all;

    @Parameters(arity = "0..*", paramLabel = "NODE", description = "Names or ids; pi-[001-020] is twenty nodes.")
    private List<String> nodes = List.of();

    NodesRefuse(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        if (all != nodes.isEmpty()) {
            throw CliException.usage("which nodes?", "name them, or give --all");
        }
        Api api = target.open(surroundings);
        List<String> waiting = all ? waiting(api) : NodeNames.expand(nodes);
        if (waiting.isEmpty()) {
            surroundings.err().println("no node waits for approval");
            return ExitCode.OK;
        }
        return EachNode.post(api, waiting, "refuse", surroundings, output);
    }

    private static List<String> waiting(Api api) throws CliException {
        return api.get("/nodes", NodesView.class).nodes().stream()
                .filter(NodeView::waitsForApproval)
                .map(NodeView::id)
                .toList();
    }
}
