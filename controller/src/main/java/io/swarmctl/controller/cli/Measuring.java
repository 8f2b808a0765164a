package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.BenchmarksView;
import io.swarmctl.controller.api.view.BenchmarksView.PendingView;
import io.swarmctl.controller.api.view.BenchmarksView.ResultView;
import io.swarmctl.controller.cli.Vigil.Sight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Waits until nodes have been measured, and shows meanwhile how many are. */
final class Measuring {
    private static final int MOST_IN_A_LINE = 6;
    private static final int MOST_SHOWN = 40;

    private final Surroundings surroundings;

    Measuring(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * @param ids of the nodes
     * @param since when they were asked, by the controller's clock
     * @return the exit code: {@code NOT_YET} when the time was over first
     */
    int until(Api api, List<String> ids, Instant since, Duration timeout) throws CliException, InterruptedException {
        Sight<String> sight = Vigil.keep(surroundings, timeout, () -> look(api, ids, since));
        if (sight.left().isEmpty()) {
            return ExitCode.OK;
        }
        surroundings
                .err()
                .println(sight.progress() + " within " + Words.span(timeout.toSeconds()) + "; not yet: "
                        + names(sight.left(), MOST_SHOWN));
        return ExitCode.NOT_YET;
    }

    private static Sight<String> look(Api api, List<String> ids, Instant since) throws CliException {
        BenchmarksView now = api.get("/benchmarks", BenchmarksView.class);
        Set<String> measured = now.results().stream()
                .filter(result -> !result.takenAt().isBefore(since))
                .map(ResultView::id)
                .collect(Collectors.toSet());
        List<String> left = ids.stream().filter(id -> !measured.contains(id)).toList();
        List<String> busy = now.pending().stream()
                .filter(pending -> left.contains(pending.id()))
                .map(PendingView::node)
                .toList();
        if (!left.isEmpty() && busy.isEmpty()) {
            throw new CliException(
                    "the controller has forgotten the question", "was it started again? measure once more");
        }
        String progress = (ids.size() - left.size()) + " of " + Words.count(ids.size(), "node") + " measured";
        return new Sight<>(busy, progress, names(busy, MOST_IN_A_LINE));
    }

    private static String names(List<String> names, int most) {
        int more = names.size() - most;
        return names.stream().limit(most).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }
}
