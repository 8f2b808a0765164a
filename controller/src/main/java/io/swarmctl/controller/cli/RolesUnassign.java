package io.swarmctl.controller.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "unassign",
        description = "Takes nodes' roles away; they leave the swarm and stay in the fleet.",
        footer = {"", "Example:", "  swarmctl roles unassign pi-002"})
final class RolesUnassign implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    @Parameters(arity = "1..*", paramLabel = "NODE", description = "Names or ids; pi-[001-020] is twenty nodes.")
    private List<String> nodes = List.of();

    RolesUnassign(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        Map<String, Object> body = Map.of("nodes", NodeNames.expand(nodes));
        return Changed.print(surroundings, output, target.open(surroundings).send("POST", "/roles/unassign", body));
    }
}
