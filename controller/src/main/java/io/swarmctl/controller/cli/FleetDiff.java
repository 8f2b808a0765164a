package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.PolicyChangeView;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "diff",
        description = "Shows what a fleet file would change. Exit code 3 when it would change something.",
        footer = {"", "Example:", "  swarmctl fleet diff -f fleet.yaml"})
final class FleetDiff implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    @Mixin
    private FleetFile file = new FleetFile();

    FleetDiff(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        String json = target.open(surroundings).send("POST", "/fleet/diff", file.read(surroundings), Api.YAML);
        List<String> changes = Api.read(json, PolicyChangeView.class).changes();
        output.print(surroundings, json, answer -> words(changes));
        return changes.isEmpty() ? ExitCode.OK : ExitCode.NOT_YET;
    }

    static String words(List<String> changes) {
        return changes.isEmpty() ? "nothing to change\n" : Words.lines(changes);
    }
}
