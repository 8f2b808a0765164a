package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.BenchmarksView;
import io.swarmctl.controller.api.view.BenchmarksView.MeasureView;
import io.swarmctl.controller.api.view.BenchmarksView.ModelView;
import io.swarmctl.controller.api.view.BenchmarksView.SpreadView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "show",
        description = {
            "Compares models of boards: of each measure the median over the nodes.",
            "With -o wide also where the middle half of them lies. Of each node the latest result counts; boards that were",
            "throttled stand apart from steady ones."
        },
        footer = {"", "Examples:", "  swarmctl bench show", "  swarmctl bench show -o csv > racks.csv"})
final class BenchShow implements Callable<Integer> {
    private static final Sheet<Cell> SHEET = Sheet.<Cell>of(cell -> cell.model().model())
            .column("MODEL", cell -> cell.model().model())
            .column("CONDITION", cell -> Benchmarks.condition(cell.model().throttled()))
            .column("NODES", cell -> Integer.toString(cell.model().nodes()))
            .column("MEASURE", cell -> cell.measure().name())
            .column("UNIT", cell -> cell.measure().unit())
            .column("BETTER", cell -> cell.measure().better())
            .column("MEDIAN", cell -> Double.toString(cell.spread().median()))
            .column("P25", cell -> Double.toString(cell.spread().p25()))
            .column("P75", cell -> Double.toString(cell.spread().p75()))
            .column("LEAST", cell -> Double.toString(cell.spread().least()))
            .column("MOST", cell -> Double.toString(cell.spread().most()));

    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    BenchShow(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** One measure of one model. */
    private record Cell(ModelView model, MeasureView measure, SpreadView spread) {}

    @Override
    public Integer call() throws CliException {
        String json = target.open(surroundings).get("/benchmarks");
        BenchmarksView view = Api.read(json, BenchmarksView.class);
        if (output.isForPeople()) {
            output.print(surroundings, json, unused -> words(view));
        } else {
            output.print(surroundings, json, SHEET, cells(view), "");
        }
        return ExitCode.OK;
    }

    private static List<Cell> cells(BenchmarksView view) {
        return view.models().stream()
                .flatMap(model -> view.measures().stream()
                        .flatMap(measure -> Stream.ofNullable(model.values().get(measure.name()))
                                .map(spread -> new Cell(model, measure, spread))))
                .toList();
    }

    private String words(BenchmarksView view) {
        String pending = view.pending().isEmpty()
                ? ""
                : Words.count(view.pending().size(), "node") + " not measured yet: swarmctl bench list\n";
        if (view.models().isEmpty()) {
            return pending + "nothing was measured yet; measure: swarmctl bench run --all --wait\n";
        }
        List<ModelView> steady =
                view.models().stream().filter(model -> !model.throttled()).toList();
        List<String> titles = new ArrayList<>(List.of("MEASURE", "UNIT"));
        view.models().forEach(model -> titles.add(title(model)));
        boolean two = steady.size() == 2;
        if (two) {
            titles.add(name(steady.get(1)) + " / " + name(steady.get(0)));
        }
        Table table = new Table(surroundings, -1, titles.toArray(String[]::new));
        for (MeasureView measure : view.measures()) {
            List<String> cells = new ArrayList<>(List.of(measure.title(), measure.unit()));
            view.models().forEach(model -> cells.add(cell(model, measure)));
            if (two) {
                cells.add(ratio(steady.get(0), steady.get(1), measure));
            }
            table.row(cells.toArray(String[]::new));
        }
        return (output.isWide() ? table.uncut() : table.toString()) + pending;
    }

    private static String name(ModelView model) {
        return Words.model(model.model());
    }

    private static String title(ModelView model) {
        return name(model) + (model.throttled() ? " throttled (" : " (") + model.nodes() + ")";
    }

    private String cell(ModelView model, MeasureView measure) {
        SpreadView spread = model.values().get(measure.name());
        if (spread == null) {
            return "-";
        }
        String median = Benchmarks.number(spread.median());
        return output.isWide()
                ? median + " [" + Benchmarks.number(spread.p25()) + ".." + Benchmarks.number(spread.p75()) + "]"
                : median;
    }

    private static String ratio(ModelView below, ModelView above, MeasureView measure) {
        SpreadView one = above.values().get(measure.name());
        SpreadView other = below.values().get(measure.name());
        return one == null || other == null || other.median() == 0
                ? "-"
                : String.format(Locale.ROOT, "%.2f", one.median() / other.median());
    }
}
