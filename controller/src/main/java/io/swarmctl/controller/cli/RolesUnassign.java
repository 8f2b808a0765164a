package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.NodeView;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "unassign",
        description = "Takes nodes' roles away; they leave the swarm and stay in the fleet.",
        footer = {"", "Examples:", "  swarmctl roles unassign pi-002", "  swarmctl roles unassign -l rack=a --dry-run"})
final class RolesUnassign implements Callable<Integer> {
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

    RolesUnassign(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException, InterruptedException {
        NodeSelector selector = selection.read(names);
        Api api = target.open(surroundings);
        List<NodeView> nodes = selection.nodes(api, selector, node -> node.role() != null, "has a role");
        if (nodes.isEmpty()) {
            surroundings.err().println("no node has a role");
            return ExitCode.OK;
        }
        Order order = new Order(
                "POST",
                "/roles/unassign",
                Map.of("nodes", Selection.ids(nodes)),
                Selection.ids(nodes),
                Goal.OUT,
                selection.describes() ? Order.Caution.ALWAYS : Order.Caution.QUORUM,
                "Take the role of " + Words.count(nodes.size(), "node") + " away?");
        return deed.carryOut(order, api, surroundings, output);
    }
}
