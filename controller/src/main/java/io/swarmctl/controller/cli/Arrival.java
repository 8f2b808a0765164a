package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.NodeView;
import io.swarmctl.controller.api.view.NodesView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Waits until nodes have got somewhere, and shows meanwhile how far they are. */
final class Arrival {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int MOST_SHOWN = 20;
    private static final int MOST_IN_A_LINE = 4;

    private final Surroundings surroundings;
    private final LiveLine line;

    Arrival(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.line = new LiveLine(surroundings);
    }

    /**
     * @param ids of the nodes
     * @return the exit code: {@code NOT_YET} when the time was over first
     */
    int until(Goal goal, Api api, List<String> ids, Duration timeout) throws CliException, InterruptedException {
        Patience patience = new Patience(surroundings);
        Duration waited = Duration.ZERO;
        while (true) {
            Map<String, NodeView> now = patience.ask(() -> api.get("/nodes", NodesView.class)).nodes().stream()
                    .collect(Collectors.toMap(NodeView::id, Function.identity()));
            List<String> left = ids.stream()
                    .filter(id -> !goal.isReached(Optional.ofNullable(now.get(id))))
                    .toList();
            List<NodeView> late = left.stream()
                    .flatMap(id -> Optional.ofNullable(now.get(id)).stream())
                    .toList();
            String progress =
                    (ids.size() - left.size()) + " of " + Words.count(ids.size(), "node") + " " + goal.words();
            line.show(waited, progress, busy(late));
            if (left.isEmpty() || waited.compareTo(timeout) >= 0) {
                line.end();
                return left.isEmpty() ? ExitCode.OK : notYet(late, progress, timeout);
            }
            surroundings.pause().pass(EVERY);
            waited = waited.plus(EVERY);
        }
    }

    private int notYet(List<NodeView> late, String progress, Duration timeout) {
        surroundings.err().println(progress + " within " + Words.span(timeout.toSeconds()) + "; of the others:");
        surroundings.err().print(table(surroundings, late));
        surroundings.err().flush();
        return ExitCode.NOT_YET;
    }

    /** Nodes with what is the matter with them, and what to do. */
    static String table(Surroundings surroundings, List<NodeView> nodes) {
        Table table = new Table(surroundings, 1, "NODE", "STATE", "SEEN", "WHY AND WHAT TO DO");
        for (NodeView node : nodes.subList(0, Math.min(MOST_SHOWN, nodes.size()))) {
            String todo = node.why().isEmpty() || node.remedy().isEmpty() ? node.remedy() : "; " + node.remedy();
            table.row(node.name(), node.state(), Words.ago(node.seenAgeSeconds()), node.why() + todo);
        }
        int more = nodes.size() - MOST_SHOWN;
        return table + (more > 0 ? "and " + more + " more: swarmctl nodes list\n" : "");
    }

    /** Some of those nodes, with what they are busy with. */
    static String busy(List<NodeView> late) {
        return late.stream()
                .limit(MOST_IN_A_LINE)
                .map(node -> node.name() + " " + node.state() + (node.why().isEmpty() ? "" : " (" + node.why() + ")"))
                .collect(Collectors.joining(", "));
    }
}
