package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.BenchmarksView;
import io.swarmctl.controller.api.view.BenchmarksView.MeasureView;
import io.swarmctl.controller.api.view.BenchmarksView.PendingView;
import io.swarmctl.controller.api.view.BenchmarksView.ResultView;
import io.swarmctl.controller.api.view.NodeView;
import io.swarmctl.controller.api.view.NodesView;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "list",
        description =
                "Lists what nodes were found to be when they were measured last: all, or those named or selected.",
        footer = {"", "Examples:", "  swarmctl bench list", "  swarmctl bench list -l model=3B -o csv > rack-a.csv"})
final class BenchList implements Callable<Integer> {
    /** What the usual table has room for. */
    private static final Set<String> NARROW =
            Set.of("cpu-one", "cpu-sustained", "card-write", "card-read", "link-down");

    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Selection selection = new Selection();

    @Mixin
    private Output output = new Output();

    @Parameters(arity = "0..*", paramLabel = "NODE", description = "Names or ids; pi-[001-020] is twenty nodes.")
    private List<String> names = List.of();

    BenchList(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** A node that was measured, or is to be; or both. */
    private record Line(
            String node,
            @Nullable ResultView result,
            @Nullable PendingView pending) {
        String state() {
            if (pending != null) {
                return pending.overdue() ? "has not answered" : "pending";
            }
            return result == null ? "" : Benchmarks.condition(result.throttled());
        }

        @Nullable
        Double value(String measure) {
            return result == null ? null : result.values().get(measure);
        }

        String missing() {
            return result == null
                    ? ""
                    : result.missing().entrySet().stream()
                            .map(entry -> entry.getKey() + ": " + entry.getValue())
                            .collect(Collectors.joining("; "));
        }
    }

    @Override
    public Integer call() throws CliException {
        NodeSelector selector = selection.readOrAll(names);
        Api api = target.open(surroundings);
        String json = api.get("/benchmarks");
        if (!selector.isAll()) {
            json = only(json, selector.some(api.get("/nodes", NodesView.class).nodes()));
        }
        BenchmarksView view = Api.read(json, BenchmarksView.class);
        List<Line> lines = lines(view);
        if (lines.isEmpty() && output.isForPeople()) {
            surroundings.err().println("nothing was measured yet; measure: swarmctl bench run --all --wait");
            return ExitCode.OK;
        }
        output.print(surroundings, json, sheet(view.measures()), lines, "");
        return ExitCode.OK;
    }

    private static String only(String json, List<NodeView> nodes) {
        Set<String> ids = new HashSet<>(Selection.ids(nodes));
        return Tree.keep(Tree.keep(json, "results", "id", ids), "pending", "id", ids);
    }

    private static List<Line> lines(BenchmarksView view) {
        Map<String, Line> lines = new TreeMap<>();
        view.results().forEach(result -> lines.put(result.node(), new Line(result.node(), result, null)));
        view.pending()
                .forEach(pending -> lines.merge(
                        pending.node(),
                        new Line(pending.node(), null, pending),
                        (measured, asked) -> new Line(measured.node(), measured.result(), asked.pending())));
        return List.copyOf(lines.values());
    }

    private static Sheet<Line> sheet(List<MeasureView> measures) {
        Sheet<Line> sheet = Sheet.of(Line::node)
                .column("NODE", Line::node)
                .column(
                        "MODEL",
                        line -> line.result() == null
                                ? "-"
                                : Words.model(line.result().model()),
                        line -> line.result() == null ? null : line.result().model())
                .column("STATE", Line::state)
                .age(
                        "MEASURED",
                        line -> line.result() == null ? null : line.result().takenAgeSeconds())
                .wide("BEFORE", line -> Benchmarks.number(before(line)), BenchList::before)
                .wide("AFTER", line -> Benchmarks.number(after(line)), BenchList::after);
        for (MeasureView measure : measures) {
            String title = measure.name().toUpperCase(Locale.ROOT);
            sheet = NARROW.contains(measure.name())
                    ? sheet.column(title, line -> number(line, measure), line -> line.value(measure.name()))
                    : sheet.wide(title, line -> number(line, measure), line -> line.value(measure.name()));
        }
        return sheet.text("MISSING", Line::missing);
    }

    private static String number(Line line, MeasureView measure) {
        return Benchmarks.number(line.value(measure.name()));
    }

    private static @Nullable Double before(Line line) {
        return line.result() == null ? null : line.result().celsiusBefore();
    }

    private static @Nullable Double after(Line line) {
        return line.result() == null ? null : line.result().celsiusAfter();
    }
}
