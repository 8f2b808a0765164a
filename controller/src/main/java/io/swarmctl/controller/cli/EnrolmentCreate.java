package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.KeysView.CreatedKeyView;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            defaultValue = "30d",
            converter = Durations.class,
            description = "How long it lets nodes in (default ${DEFAULT-VALUE}).")
    private Duration expires = Duration.ofDays(30);

    @Option(
            names = "--uses",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many nodes it lets in (default ${DEFAULT-VALUE}).")
    private int uses = 100;

    EnrolmentCreate(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        String json = target.open(surroundings)
                .send("POST", "/enrolment-keys", Map.of("expiresInSeconds", expires.toSeconds(), "uses", uses));
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
