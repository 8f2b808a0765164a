package io.swarmctl.controller.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The fleet file that a command reads. */
final class FleetFile {
    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "The fleet file; - is the standard input.")
    String file = "";

    String read(Surroundings surroundings) throws CliException {
        try {
            return file.equals("-")
                    ? new String(surroundings.in().readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new CliException(
                    "cannot read " + file, "make one to begin with: swarmctl fleet export > fleet.yaml", e);
        }
    }
}
