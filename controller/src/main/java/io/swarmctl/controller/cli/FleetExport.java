package io.swarmctl.controller.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "export",
        description = "Prints the fleet's policy as fleet.yaml, without secrets.",
        footer = {"", "Example:", "  swarmctl fleet export > fleet.yaml"})
final class FleetExport implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    FleetExport(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        surroundings.out().print(target.open(surroundings).get("/fleet"));
        surroundings.out().flush();
        return ExitCode.OK;
    }
}
