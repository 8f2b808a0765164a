package io.swarmctl.controller.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "remove",
        description = "Takes nodes out of the fleet. A node in the swarm leaves it first.",
        footer = {"", "Example:", "  swarmctl nodes remove pi-003"})
final class NodesRemove implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    @Option(
            names = "--force",
            description = "Forget them at once, for nodes that never come back; the swarm's managers drop them.")
    private boolean force;

    @Parameters(arity = "1..*", paramLabel = "NODE", description = "Names or ids; pi-[001-020] is twenty nodes.")
    private List<String> nodes = List.of();

    NodesRemove(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        Api api = target.open(surroundings);
        List<String> answers = new ArrayList<>();
        for (String node : NodeNames.expand(nodes)) {
            answers.add(api.send("DELETE", "/nodes/" + Api.segment(node) + (force ? "?force=true" : "")));
        }
        return Changed.print(surroundings, output, answers);
    }
}
