package io.swarmctl.controller.cli;

import io.swarmctl.controller.text.Nearest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "use",
        description = "Makes a controller the one that commands speak to.",
        footer = {"", "Example:", "  swarmctl context use rack"})
final class ContextUse implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "NAME", description = "As 'swarmctl context list' shows it.")
    private String name = "";

    ContextUse(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        ContextFile file = new ContextFile(surroundings);
        Contexts contexts = file.read();
        requireKnown(contexts, name);
        file.write(contexts.using(name));
        surroundings.out().println("commands now speak to " + name);
        return ExitCode.OK;
    }

    static void requireKnown(Contexts contexts, String name) throws CliException {
        if (contexts.named(name).isEmpty()) {
            throw new CliException(
                    "there is no context " + name,
                    Nearest.didYouMean(name, contexts.names(), "see them with: swarmctl context list"));
        }
    }
}
