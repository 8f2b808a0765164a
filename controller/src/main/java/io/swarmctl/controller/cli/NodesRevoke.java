package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.NodeView;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "revoke",
        description = "Shuts nodes out, as when a card was stolen: their certificates open nothing any more.",
        footer = {"", "Example:", "  swarmctl nodes revoke pi-003"})
final class NodesRevoke implements Callable<Integer> {
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

    NodesRevoke(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException, InterruptedException {
        NodeSelector selector = selection.read(names);
        Api api = target.open(surroundings);
        List<NodeView> nodes =
                selection.nodes(api, selector, node -> !node.state().equals("revoked"), "can be shut out");
        if (nodes.isEmpty()) {
            surroundings.err().println("there is no node to shut out");
            return ExitCode.OK;
        }
        Order order = NodesChange.of(
                "revoke",
                nodes,
                Goal.DONE,
                selection.describes() ? Order.Caution.ALWAYS : Order.Caution.QUORUM,
                "Shut " + Words.count(nodes.size(), "node") + " out?");
        return deed.carryOut(order, api, surroundings, output);
    }
}
