package io.swarmctl.controller.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "rename",
        description = "Gives a node another name, which becomes its hostname.",
        footer = {"", "Example:", "  swarmctl nodes rename pi-001 attic"})
final class NodesRename implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    @Parameters(index = "0", paramLabel = "NODE", description = "Its name or id.")
    private String node = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "The new name: a-z, 0-9 and -.")
    private String name = "";

    NodesRename(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        String path = "/nodes/" + Api.segment(node) + "/name";
        return Changed.print(surroundings, output, target.open(surroundings).send("PUT", path, Map.of("name", name)));
    }
}
