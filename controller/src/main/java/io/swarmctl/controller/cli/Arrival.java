package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.NodeView;
import io.swarmctl.controller.api.view.NodesView;
import io.swarmctl.controller.cli.Vigil.Sight;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Waits until nodes have got somewhere, and shows meanwhile how far they are. */
final class Arrival {
    private static final int MOST_SHOWN = 20;
    private static final int MOST_IN_A_LINE = 4;

    private final Surroundings surroundings;

    Arrival(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /**
     * @param ids of the nodes
     * @return the exit code: {@code NOT_YET} when the time was over first
     */
    int until(Goal goal, Api api, List<String> ids, Duration timeout) throws CliException, InterruptedException {
        Sight<Late> sight = Vigil.keep(surroundings, timeout, () -> look(goal, api, ids));
        return sight.left().isEmpty() ? ExitCode.OK : notYet(there(sight.left()), sight.progress(), timeout);
    }

    /** @param node empty when there is no such node any more */
    private record Late(Optional<NodeView> node) {}

    private static Sight<Late> look(Goal goal, Api api, List<String> ids) throws CliException {
        Map<String, NodeView> now = api.get("/nodes", NodesView.class).nodes().stream()
                .collect(Collectors.toMap(NodeView::id, Function.identity()));
        List<Late> late = ids.stream()
                .map(id -> Optional.ofNullable(now.get(id)))
                .filter(node -> !goal.isReached(node))
                .map(Late::new)
                .toList();
        String progress = (ids.size() - late.size()) + " of " + Words.count(ids.size(), "node") + " " + goal.words();
        return new Sight<>(late, progress, busy(there(late)));
    }

    private static List<NodeView> there(List<Late> late) {
        return late.stream().flatMap(one -> one.node().stream()).toList();
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
