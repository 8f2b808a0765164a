package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.ActionsView;
import io.swarmctl.controller.api.view.ActionsView.RunView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "actions",
        description = "Lists actions that nodes have carried out, the latest first, with how long each took.",
        footer = {
            "",
            "Examples:",
            "  swarmctl report actions --node pi-001 -n 20",
            "  swarmctl report actions -n 20000 -o csv > actions.csv"
        })
final class ReportActions implements Callable<Integer> {
    private static final Sheet<RunView> SHEET = Sheet.of(RunView::node)
            .age("WHEN", RunView::ageSeconds)
            .wide("TIME", run -> run.startedAt().toString(), RunView::startedAt)
            .column("NODE", RunView::node)
            .column("MODEL", run -> Words.model(run.model()), RunView::model)
            .column("TOOK", run -> Words.took(run.seconds()), RunView::seconds)
            .column("ENDED", run -> run.ok() ? "well" : "failed", RunView::ok)
            .text("ACTION", RunView::action);
    private static final int MOST = 20_000;

    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    @Option(names = "--node", paramLabel = "NODE", description = "Only those of this node; its name or id.")
    private String node = "";

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "50",
            description = "How many at most, 1 to 20000 (default ${DEFAULT-VALUE}).")
    private int lines = 50;

    ReportActions(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        if (lines < 1 || lines > MOST) {
            throw CliException.usage("'" + lines + "' lines", "ask for 1 to " + MOST);
        }
        String of = node.isEmpty() ? "" : "&node=" + Api.segment(node);
        String json = target.open(surroundings).get("/actions?limit=" + lines + of);
        output.print(
                surroundings, json, SHEET, Api.read(json, ActionsView.class).actions(), "");
        return ExitCode.OK;
    }
}
