package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.KeysView.CreatedKeyView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "create",
        description = "Makes a key that lets new nodes in. It is shown this once.",
        footer = {"", "Example:", "  swarmctl enrolment create --expires 7d --uses 10"})
final class EnrolmentCreate implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    @Mixin
    private KeyTerms terms = new KeyTerms();

    EnrolmentCreate(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        String json = terms.make(target.open(surroundings));
        output.print(surroundings, json, this::words);
        return ExitCode.OK;
    }

    /** The key alone on the output, so that a script can take it. */
    private String words(String json) throws CliException {
        CreatedKeyView created = Api.read(json, CreatedKeyView.class);
        surroundings
                .err()
                .println("lets in " + Words.count(created.key().usesLeft(), "node") + " within "
                        + Words.span(created.key().expiresInSeconds()) + "; shown this once:");
        return created.text() + "\n";
    }
}
