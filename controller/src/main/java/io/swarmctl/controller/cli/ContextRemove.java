package io.swarmctl.controller.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "remove",
        description = "Forgets a controller and its token on this machine.",
        footer = {"", "Example:", "  swarmctl context remove rack"})
final class ContextRemove implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "NAME", description = "As 'swarmctl context list' shows it.")
    private String name = "";

    ContextRemove(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        ContextFile file = new ContextFile(surroundings);
        Contexts contexts = file.read();
        ContextUse.requireKnown(contexts, name);
        file.write(contexts.without(name));
        surroundings.out().println(name + " forgotten");
        return ExitCode.OK;
    }
}
