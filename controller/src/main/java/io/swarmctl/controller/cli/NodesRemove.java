package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.NodeView;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "remove",
        description = "Takes nodes out of the fleet. A node in the swarm leaves it first.",
        footer = {
            "",
            "Examples:",
            "  swarmctl nodes remove pi-003 --wait",
            "  swarmctl nodes remove --state silent --force --dry-run"
        })
final class NodesRemove implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Selection selection = new Selection();

    @Mixin
    private Deed deed = new Deed();

    @Mixin
    private Output output = new Output();

    @Option(
            names = "--force",
            description = "Forget them at once, for nodes that never come back; the swarm's managers drop them.")
    private boolean force;

    @Parameters(arity = "0..*", paramLabel = "NODE", description = "Names or ids; pi-[001-020] is twenty nodes.")
    private List<String> names = List.of();

    NodesRemove(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException, InterruptedException {
        NodeSelector selector = selection.read(names);
        Api api = target.open(surroundings);
        List<NodeView> nodes = selection.nodes(api, selector, node -> true, "can be removed");
        if (nodes.isEmpty()) {
            surroundings.err().println("there are no nodes");
            return ExitCode.OK;
        }
        Order order = NodesChange.of(
                force ? "forget" : "remove",
                nodes,
                Goal.GONE,
                selection.describes() ? Order.Caution.ALWAYS : Order.Caution.QUORUM,
                "Remove " + Words.count(nodes.size(), "node") + "?");
        return deed.carryOut(order, api, surroundings, output);
    }
}
