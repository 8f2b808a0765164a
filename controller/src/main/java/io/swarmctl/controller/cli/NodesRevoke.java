package io.swarmctl.controller.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "revoke",
        description = "Shuts nodes out, as when a card was stolen: their certificates open nothing any more.",
        footer = {"", "Example:", "  swarmctl nodes revoke pi-003"})
final class NodesRevoke implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    @Parameters(arity = "1..*", paramLabel = "NODE", description = "Names or ids; pi-[001-020] is twenty nodes.")
    private List<String> nodes = List.of();

    NodesRevoke(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        return EachNode.post(target.open(surroundings), NodeNames.expand(nodes), "revoke", surroundings, output);
    }
}
