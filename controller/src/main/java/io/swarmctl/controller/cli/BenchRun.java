package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.ChangeView;
import io.swarmctl.controller.api.view.NodeView;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        description = {
            "Measures how fast nodes are: processor, memory, card, and the way to the controller.",
            "Each works for about 30 s with all its cores; then, two at a time, they measure their way to the controller.",
            "All of them are measured, or none: one that is busy already would be measured wrongly."
        },
        footer = {
            "",
            "Examples:",
            "  swarmctl bench run pi-001 --wait",
            "  swarmctl bench run --select model=3B --state ready --wait --yes",
            "  swarmctl bench run --all --dry-run"
        })
final class BenchRun implements Callable<Integer> {
    private static final Set<String> BUSY = Set.of("working", "rebooting", "removing");

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

    BenchRun(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException, InterruptedException {
        NodeSelector selector = selection.read(names);
        Api api = target.open(surroundings);
        List<NodeView> nodes = selection.nodes(api, selector, BenchRun::isFree, "is connected and has nothing to do");
        if (nodes.isEmpty()) {
            surroundings.err().println("no node is connected and has nothing to do");
            return ExitCode.OK;
        }
        List<String> ids = Selection.ids(nodes);
        boolean ask = names.isEmpty() && nodes.size() > 1;
        Order order = new Order(
                "POST",
                "/benchmarks",
                Map.of("nodes", ids),
                ids,
                Goal.DONE,
                ask ? Order.Caution.ALWAYS : Order.Caution.NONE,
                "Keep all cores of " + Words.count(nodes.size(), "node") + " busy for about 30 s?");
        return deed.carryOut(
                order,
                api,
                surroundings,
                output,
                (answer, longest) -> new Measuring(surroundings)
                        .until(api, ids, Api.read(answer, ChangeView.class).at(), longest));
    }

    private static boolean isFree(NodeView node) {
        return node.connected() && !BUSY.contains(node.state());
    }
}
