package io.swarmctl.controller.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "completion",
        description = {
            "Prints what a shell needs to complete commands, options, and the names of nodes and roles.",
            "bash: source <(swarmctl completion bash), in ~/.bashrc. zsh: source <(swarmctl completion zsh), in ~/.zshrc.",
            "fish: swarmctl completion fish > ~/.config/fish/completions/swarmctl.fish"
        },
        footer = {"", "Example:", "  swarmctl completion bash"})
final class Completion implements Callable<Integer> {
    private final Surroundings surroundings;

    /** Shells that are known. */
    enum Shell {
        bash,
        zsh,
        fish
    }

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.bash;

    Completion(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        CompletionTable table = new CompletionTable(Cli.whole(surroundings));
        String script = switch (shell) {
            case bash -> template("completion.bash").replace("@TABLE@", table.forSh());
            case zsh -> template("completion.zsh").replace("@TABLE@", table.forSh());
            case fish -> template("completion.fish").replace("@TABLE@", table.forFish());
        };
        surroundings.out().print(script);
        surroundings.out().flush();
        return ExitCode.OK;
    }

    private static String template(String name) {
        try (InputStream in = Objects.requireNonNull(Completion.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
