package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.NodeView;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "refuse",
        description = {
            "Sends away who waits for a person's word: new nodes, and new cards for known nodes, which stay as they are.",
            "The same card does not ask again, unless it is flashed anew. All of them, or none."
        },
        footer = {"", "Examples:", "  swarmctl nodes refuse pi-004", "  swarmctl nodes refuse --all --dry-run"})
final class NodesRefuse implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Selection selection = new Selection();

    @Mixin
    private Deed deed = new Deed();

    @Mixin
    private Output output = new Output();

    @Parameters(arity = "0..*", paramLabel = "NODE", description = "Names or ids; pi-[001-020] is twenty nodes.")
    private List<String> names = List.of();

    NodesRefuse(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException, InterruptedException {
        NodeSelector selector = selection.read(names);
        Api api = target.open(surroundings);
        List<NodeView> nodes = selection.nodes(api, selector, NodeView::waitsForApproval, "waits for approval");
        if (nodes.isEmpty()) {
            surroundings.err().println("no node waits for approval");
            return ExitCode.OK;
        }
        Order order = NodesChange.of("refuse", nodes, Goal.DONE, Order.Caution.NONE, "Refuse?");
        return deed.carryOut(order, api, surroundings, output);
    }
}
