package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.CandidateView;
import io.swarmctl.controller.api.view.NodeView;
import io.swarmctl.controller.api.view.NodesView;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "list",
        description = "Lists nodes: all, or those that are named or selected.",
        footer = {
            "",
            "Examples:",
            "  swarmctl nodes list --watch",
            "  swarmctl nodes list -l rack=a,model=3B+ --state failed,silent -o wide"
        })
final class NodesList implements Callable<Integer> {
    /** What there is to tell of a node in a line. */
    static final Sheet<NodeView> SHEET = Sheet.of(NodeView::name)
            .column("NAME", NodeView::name)
            .column("ROLE", NodeView::role)
            .state("STATE", NodeView::state)
            .column("SWARM", NodeView::membership)
            .column("MODEL", node -> Words.model(node.model()), NodeView::model)
            .column("ADDRESS", NodeView::address)
            .age("SEEN", NodeView::seenAgeSeconds)
            .wide("ID", NodeView::id, NodeView::id)
            .wide("MEMORY", node -> Words.gigabytes(node.memoryBytes()), NodeView::memoryBytes)
            .wide("AGENT", node -> Words.dash(node.agentVersion()), NodeView::agentVersion)
            .wide("TO DO", node -> Integer.toString(node.remaining()), NodeView::remaining)
            .wide("LABELS", node -> Words.dash(Words.labels(node.labels())), node -> Words.labels(node.labels()))
            .text("WHY", NodeView::why);

    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Selection selection = new Selection();

    @Mixin
    private Output output = new Output();

    @Mixin
    private Watch watch = new Watch();

    @Parameters(arity = "0..*", paramLabel = "NODE", description = "Names or ids; pi-[001-020] is twenty nodes.")
    private List<String> names = List.of();

    NodesList(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException, InterruptedException {
        NodeSelector selector = selection.readOrAll(names);
        Api api = target.open(surroundings);
        watch.run(surroundings, () -> api.get("/nodes"), json -> print(json, selector));
        return ExitCode.OK;
    }

    private void print(String json, NodeSelector selector) throws CliException {
        List<NodeView> all = Api.read(json, NodesView.class).nodes();
        if (all.isEmpty() && output.isForPeople()) {
            surroundings.out().print("no nodes yet; an image lets them in with a key: swarmctl enrolment create\n");
            surroundings.out().flush();
            return;
        }
        List<NodeView> nodes = selector.isAll() ? all : selector.of(all);
        if (nodes.isEmpty() && output.isForPeople()) {
            surroundings.err().println("none of " + Words.count(all.size(), "node"));
            return;
        }
        Set<String> ids = nodes.stream().map(NodeView::id).collect(Collectors.toSet());
        output.print(
                surroundings,
                selector.isAll() ? json : Tree.keep(json, "nodes", "id", ids),
                SHEET,
                nodes,
                queue(nodes));
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
