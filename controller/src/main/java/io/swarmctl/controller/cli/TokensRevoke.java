package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.TokensView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "revoke",
        description = "Ends an access token, and with it whatever was opened with it.",
        footer = {"", "Example:", "  swarmctl tokens revoke ada"})
final class TokensRevoke implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "NAME", description = "As 'tokens list' shows it.")
    private String name = "";

    TokensRevoke(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        String json = target.open(surroundings).send("DELETE", "/tokens/" + Api.segment(name));
        Api.read(json, TokensView.class);
        output.print(surroundings, json, answer -> name + " revoked\n");
        return ExitCode.OK;
    }
}
