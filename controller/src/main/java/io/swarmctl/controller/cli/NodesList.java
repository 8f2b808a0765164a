package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.CandidateView;
import io.swarmctl.controller.api.view.NodeView;
import io.swarmctl.controller.api.view.NodesView;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        description = "Lists all nodes.",
        footer = {"", "Example:", "  swarmctl nodes list --watch"})
final class NodesList implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    @Mixin
    private Watch watch = new Watch();

    NodesList(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException, InterruptedException {
        Api api = target.open(surroundings);
        watch.run(surroundings, () -> api.get("/nodes"), json -> output.print(surroundings, json, this::table));
        return ExitCode.OK;
    }

    private String table(String json) throws CliException {
        NodesView view = Api.read(json, NodesView.class);
        if (view.nodes().isEmpty()) {
            return "no nodes yet; an image lets them in with a key: swarmctl enrolment create\n";
        }
        Table table = new Table(surroundings, 2, "NAME", "ROLE", "STATE", "SWARM", "MODEL", "ADDRESS", "SEEN", "WHY");
        for (NodeView node : view.nodes()) {
            table.row(
                    node.name(),
                    Words.dash(node.role()),
                    node.state(),
                    Words.dash(node.membership()),
                    Words.model(node.model()),
                    Words.dash(node.address()),
                    Words.ago(node.seenAgeSeconds()),
                    node.why());
        }
        return table + queue(view.nodes());
    }

    /** Who a person has to decide about; empty when nobody waits. */
    private static String queue(List<NodeView> nodes) {
        List<NodeView> waiting =
                nodes.stream().filter(NodeView::waitsForApproval).toList();
        if (waiting.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("\nwaiting for approval\n");
        waiting.forEach(node -> text.append("  ").append(request(node)).append('\n'));
        return text.append("let in, or send away: swarmctl nodes approve NAME, swarmctl nodes refuse NAME\n")
                .toString();
    }

    private static String request(NodeView node) {
        CandidateView candidate = node.candidate();
        return candidate == null
                ? node.name() + ", " + Words.ago(node.arrivedAgeSeconds()) + ": " + node.why()
                : "another card for " + node.name() + ", " + Words.ago(candidate.askedAgeSeconds()) + ": "
                        + candidate.reason();
    }
}
