package io.swarmctl.controller.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Goes through what people type most, once and unseen, while Java notes the classes for its archive. */
@Command(
        name = "__rehearse",
        hidden = true,
        description = "Goes through commands once, for the class-data archive.",
        footer = {"", "Example:", "  swarmctl __rehearse"})
final class Rehearsal implements Callable<Integer> {
    private static final List<String> ALONE = List.of("--help", "nodes list --help", "completion bash", "nosuch");
    private static final List<String> WITH_CONTROLLER =
            List.of("", "status", "nodes list", "nodes list -o json", "nodes list -o wide", "__names nodes");

    private final Surroundings surroundings;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "A key store with the key and the certificate of a stand-in for the controller.")
    private @Nullable Path keyStore;

    Rehearsal(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, CliException {
        Path home = Files.createTempDirectory("swarmctl-rehearsal");
        try {
            Surroundings unseen = unseen(home);
            ALONE.forEach(line -> Cli.run(unseen, line.split(" ")));
            if (keyStore != null) {
                try (StandIn controller = StandIn.with(keyStore)) {
                    new ContextFile(unseen).write(Contexts.none().with(controller.context()));
                    WITH_CONTROLLER.forEach(line -> Cli.run(unseen, line.isEmpty() ? new String[0] : line.split(" ")));
                }
            }
            return ExitCode.OK;
        } finally {
            for (String made : List.of(".config/swarmctl/contexts.json", ".config/swarmctl", ".config", "")) {
                Files.deleteIfExists(home.resolve(made));
            }
        }
    }

    private Surroundings unseen(Path home) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Surroundings(
                nowhere,
                nowhere,
                InputStream.nullInputStream(),
                Map.of("SWARMCTL_DATA_DIRECTORY", home.resolve("none").toString()),
                home,
                null,
                surroundings.width(),
                surroundings.pause());
    }
}
