package io.swarmctl.controller.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A word that needs another one after it, as {@code nodes}. */
@Command(synopsisSubcommandLabel = "COMMAND")
final class Group implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        String known = String.join(", ", spec.subcommands().keySet());
        throw new ParameterException(
                spec.commandLine(), String.format(Locale.ROOT, "'%s' needs one of: %s", spec.qualifiedName(), known));
    }
}
