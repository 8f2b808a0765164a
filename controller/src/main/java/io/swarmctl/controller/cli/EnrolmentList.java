package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.KeysView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        description = "Lists enrolment keys, without their secrets.",
        footer = {"", "Example:", "  swarmctl enrolment list"})
final class EnrolmentList implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    EnrolmentList(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        output.print(surroundings, target.open(surroundings).get("/enrolment-keys"), this::words);
        return ExitCode.OK;
    }

    private String words(String json) throws CliException {
        KeysView view = Api.read(json, KeysView.class);
        if (view.keys().isEmpty()) {
            return "no keys yet; make one: swarmctl enrolment create\n";
        }
        Table table = new Table(surroundings, 1, "ID", "STATE", "USES LEFT", "CREATED", "EXPIRES");
        for (KeysView.KeyView key : view.keys()) {
            table.row(
                    key.id(),
                    key.state(),
                    Integer.toString(key.usesLeft()),
                    Words.ago(key.ageSeconds()),
                    key.expiresInSeconds() > 0 ? "in " + Words.span(key.expiresInSeconds()) : "has expired");
        }
        return table.toString();
    }
}
