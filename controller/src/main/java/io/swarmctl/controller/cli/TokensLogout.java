package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.EndedSessionsView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "logout",
        description = {
            "Logs out every browser that was logged in with the token that you use.",
            "The token stays good; to end it: tokens revoke."
        },
        footer = {"", "Example:", "  swarmctl tokens logout"})
final class TokensLogout implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    TokensLogout(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        String json = target.open(surroundings).send("DELETE", "/sessions");
        int ended = Api.read(json, EndedSessionsView.class).ended();
        output.print(surroundings, json, answer -> Words.count(ended, "browser") + " logged out\n");
        return ExitCode.OK;
    }
}
