package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.DurationsView;
import io.swarmctl.controller.api.view.DurationsView.KindView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "durations",
        description = {
            "Tells how long every kind of action takes, by model of board: what takes longest first.",
            "The times are of actions that went well; for programs they are in seconds."
        },
        footer = {"", "Examples:", "  swarmctl report durations", "  swarmctl report durations -o csv > durations.csv"})
final class ReportDurations implements Callable<Integer> {
    private static final Sheet<KindView> SHEET = Sheet.of(KindView::kind)
            .column("KIND", KindView::kind)
            .column("MODEL", kind -> Words.model(kind.model()), KindView::model)
            .column("COUNT", kind -> String.valueOf(kind.count()), KindView::count)
            .column("FAILED", kind -> kind.failed() == 0 ? "-" : String.valueOf(kind.failed()), KindView::failed)
            .wide("LEAST", kind -> time(kind, kind.least()), KindView::least)
            .wide("P25", kind -> time(kind, kind.p25()), KindView::p25)
            .column("MEDIAN", kind -> time(kind, kind.median()), KindView::median)
            .wide("P75", kind -> time(kind, kind.p75()), KindView::p75)
            .column("P95", kind -> time(kind, kind.p95()), KindView::p95)
            .wide("MOST", kind -> time(kind, kind.most()), KindView::most);

    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    ReportDurations(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        String json = target.open(surroundings).get("/actions/durations");
        DurationsView view = Api.read(json, DurationsView.class);
        String below = view.runs() == 0
                ? "no action has been timed yet: give nodes a role\n"
                : "of the latest " + Words.count(view.runs(), "action") + "\n";
        output.print(surroundings, json, SHEET, view.durations(), below);
        return ExitCode.OK;
    }

    private static String time(KindView kind, double seconds) {
        return kind.count() == 0 ? "-" : Words.took(seconds);
    }
}
