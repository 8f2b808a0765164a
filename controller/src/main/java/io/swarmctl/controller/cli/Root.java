package io.swarmctl.controller.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "swarmctl",
        description = "Brings up and keeps a Docker Swarm on Raspberry Pis.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  swarmctl",
            "  swarmctl status",
            "",
            "Without a command: where you stand, and what to do next. Help for a command: swarmctl COMMAND --help"
        })
final class Root implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(
            names = {"-V", "--version"},
            description = "Show this command's version.")
    private boolean version;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    Root(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        if (version) {
            spec.commandLine().getOut().println("swarmctl " + VersionCommand.own());
            return ExitCode.OK;
        }
        if (new Target().isAnybody(surroundings)) {
            return new Home(surroundings).show();
        }
        spec.commandLine().usage(spec.commandLine().getOut());
        surroundings.out().println("not logged in to a controller; next: swarmctl login https://CONTROLLER:8443");
        surroundings.out().flush();
        return ExitCode.OK;
    }
}
