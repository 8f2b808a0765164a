package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.NodeView;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "adopt",
        description = {
            "Lets nodes leave a swarm that is not this fleet's, in which they were before.",
            "What runs on them there ends. Without this word they are left alone."
        },
        footer = {"", "Example:", "  swarmctl nodes adopt pi-003 --dry-run"})
final class NodesAdopt implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Deed deed = new Deed();

    @Mixin
    private Output output = new Output();

    @Parameters(arity = "1..*", paramLabel = "NODE", description = "Names or ids; pi-[001-020] is twenty nodes.")
    private List<String> names = List.of();

    NodesAdopt(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException, InterruptedException {
        NodeSelector selector = NodeSelector.parse(names, List.of(), List.of());
        Api api = target.open(surroundings);
        List<NodeView> nodes = new Selection().nodes(api, selector, node -> true, "is known");
        Order order = NodesChange.of(
                "adopt",
                nodes,
                Goal.READY,
                Order.Caution.ALWAYS,
                "Let " + Words.count(nodes.size(), "node") + " leave that swarm, and end what runs there?");
        return deed.carryOut(order, api, surroundings, output);
    }
}
