package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.PolicyChangeView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "apply",
        description = "Puts a fleet file in force, all of it or nothing. Shows the difference, and asks.",
        footer = {"", "Example:", "  swarmctl fleet apply -f fleet.yaml"})
final class FleetApply implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    @Mixin
    private FleetFile file = new FleetFile();

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask. Needed where nobody can be asked.")
    private boolean yes;

    FleetApply(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        Api api = target.open(surroundings);
        String yaml = file.read(surroundings);
        String difference = api.send("POST", "/fleet/diff", yaml, Api.YAML);
        PolicyChangeView view = Api.read(difference, PolicyChangeView.class);
        if (view.changes().isEmpty()) {
            output.print(surroundings, difference, json -> FleetDiff.words(view.changes()));
            return ExitCode.OK;
        }
        if (!yes) {
            surroundings.err().print(FleetDiff.words(view.changes()));
            Consent.ask(surroundings, "Apply?", "look at the difference", "not applied");
        }
        String applied = api.send("PUT", "/fleet", yaml, Api.YAML);
        PolicyChangeView done = Api.read(applied, PolicyChangeView.class);
        output.print(surroundings, applied, json -> (yes ? FleetDiff.words(done.changes()) : "") + "applied\n");
        done.warnings().forEach(warning -> surroundings.err().println("warning: " + warning));
        return ExitCode.OK;
    }
}
