package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.TokensView;
import io.swarmctl.controller.api.view.TokensView.TokenView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        description = "Lists access tokens, without their secrets.",
        footer = {"", "Example:", "  swarmctl tokens list"})
final class TokensList implements Callable<Integer> {
    private static final Sheet<TokenView> SHEET = Sheet.of(TokenView::name)
            .column("NAME", TokenView::name)
            .column("MAY", TokenView::level)
            .age("CREATED", TokenView::ageSeconds);

    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    TokensList(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        String json = target.open(surroundings).get("/tokens");
        output.print(surroundings, json, SHEET, Api.read(json, TokensView.class).tokens(), "");
        return ExitCode.OK;
    }
}
