package io.swarmctl.controller.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "assign",
        description = "Gives nodes a role. All of them get it, or none.",
        footer = {
            "",
            "Examples:",
            "  swarmctl roles assign manager pi-001",
            "  swarmctl roles assign worker --all-unassigned"
        })
final class RolesAssign implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    @Parameters(index = "0", paramLabel = "ROLE", description = "manager or worker.")
    private String role = "";

    @Option(names = "--all-unassigned", description = "All enrolled nodes without a role, instead of named ones.")
    private boolean allUnassigned;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "NODE",
            description = "Names or ids; pi-[001-020] is twenty nodes.")
    private List<String> nodes = List.of();

    RolesAssign(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        if (allUnassigned != nodes.isEmpty()) {
            throw CliException.usage("which nodes?", "name them, or give --all-unassigned");
        }
        Map<String, Object> body = allUnassigned
                ? Map.of("role", role, "allUnassigned", true)
                : Map.of("role", role, "nodes", NodeNames.expand(nodes));
        return Changed.print(surroundings, output, target.open(surroundings).send("POST", "/roles/assign", body));
    }
}
