package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.TokensView.CreatedTokenView;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "create",
        description = {
            "Makes an access token for a person or a program. It is shown this once.",
            "A viewer sees everything but secrets, an operator changes nodes and roles, an admin keys, tokens and policy."
        },
        footer = {
            "",
            "Examples:",
            "  swarmctl tokens create ada --level operator",
            "  swarmctl tokens create wall-screen > viewer.token"
        })
final class TokensCreate implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    /** What a token may be for. */
    enum Level {
        viewer,
        operator,
        admin
    }

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            defaultValue = "viewer",
            description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
    private Level level = Level.viewer;

    @Parameters(paramLabel = "NAME", description = "Whose it is: stands in the timeline beside what was done with it.")
    private String name = "";

    TokensCreate(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        String json = target.open(surroundings).send("POST", "/tokens", Map.of("name", name, "level", level.name()));
        output.print(surroundings, json, this::words);
        return ExitCode.OK;
    }

    /** The token alone on the output, so that a script can take it. */
    private String words(String json) throws CliException {
        CreatedTokenView created = Api.read(json, CreatedTokenView.class);
        surroundings
                .err()
                .println(created.token().name() + " may do what level "
                        + created.token().level() + " may; shown this once, for 'swarmctl login --token-file':");
        return created.text() + "\n";
    }
}
