package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.NodeView;
import io.swarmctl.controller.api.view.NodesView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "approve",
        description = "Lets nodes in that wait for a person's word.",
        footer = {"", "Example:", "  swarmctl nodes approve pi-004"})
final class NodesApprove implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    @Option(names = "--all", description = "All that wait, instead of named ones.")
    private boolean all;

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
        Api api = target.open(surroundings);
        List<String> answers = new ArrayList<>();
        for (String node : all ? pending(api) : NodeNames.expand(nodes)) {
            answers.add(api.send("POST", "/nodes/" + Api.segment(node) + "/approve"));
        }
        if (answers.isEmpty()) {
            surroundings.err().println("no node waits for approval");
            return ExitCode.OK;
        }
        return Changed.print(surroundings, output, answers);
    }

    private static List<String> pending(Api api) throws CliException {
        return api.get("/nodes", NodesView.class).nodes().stream()
                .filter(node -> node.state().equals("pending"))
                .map(NodeView::id)
                .toList();
    }
}
