package io.swarmctl.controller.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "swarmctl",
        description = "Brings up and keeps a Docker Swarm on Raspberry Pis.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Example:", "  swarmctl status", "", "Help for a command: swarmctl COMMAND --help"})
final class Root implements Callable<Integer> {
    @Option(
            names = {"-V", "--version"},
            description = "Show this command's version.")
    private boolean version;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (version) {
            spec.commandLine().getOut().println("swarmctl " + VersionCommand.own());
            return ExitCode.OK;
        }
        throw new ParameterException(spec.commandLine(), "no command given");
    }
}
