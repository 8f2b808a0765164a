package io.swarmctl.controller.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "revoke",
        description = "Ends an enrolment key; nodes that it let in stay in.",
        footer = {"", "Example:", "  swarmctl enrolment revoke 7h2kq0vz"})
final class EnrolmentRevoke implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "ID", description = "The key's id, as 'swarmctl enrolment list' shows it.")
    private String id = "";

    EnrolmentRevoke(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        String answer = target.open(surroundings).send("DELETE", "/enrolment-keys/" + Api.segment(id));
        return Changed.print(surroundings, output, answer);
    }
}
