package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.NodeView;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "approve",
        description = {
            "Lets nodes in that wait for a person's word. All of them, or none.",
            "A new card for a known node takes the old one's place, which is shut out; a manager's role is gone then."
        },
        footer = {"", "Examples:", "  swarmctl nodes approve pi-004", "  swarmctl nodes approve --all --wait"})
final class NodesApprove implements Callable<Integer> {
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
            names = "--key",
            paramLabel = "KEY",
            description = "Only the card with this key, as 'nodes show' tells it: another may have asked since.")
    private String key = "";

    @Parameters(arity = "0..*", paramLabel = "NODE", description = "Names or ids; pi-[001-020] is twenty nodes.")
    private List<String> names = List.of();

    NodesApprove(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException, InterruptedException {
        NodeSelector selector = selection.read(names);
        requireKeyOfOne(selector);
        Api api = target.open(surroundings);
        // Who would take another's place has to be named.
        List<NodeView> nodes =
                selection.nodes(api, selector, node -> node.state().equals("pending"), "waits to come in");
        if (nodes.isEmpty()) {
            surroundings.err().println("no node waits for approval");
            return ExitCode.OK;
        }
        Order several = NodesChange.of("approve", nodes, Goal.CONNECTED, Order.Caution.NONE, "Approve?");
        String one = "/nodes/" + nodes.get(0).id() + "/approve?key=" + key;
        return deed.carryOut(
                key.isEmpty()
                        ? several
                        : new Order("POST", one, null, several.nodes(), several.goal(), several.caution(), "Approve?"),
                api,
                surroundings,
                output);
    }

    private void requireKeyOfOne(NodeSelector selector) throws CliException {
        if (!key.isEmpty() && (selection.describes() || selector.names().size() != 1)) {
            throw CliException.usage("whose key?", "name one node together with --key");
        }
        if (!key.isEmpty() && !key.matches("[0-9a-f]{8,32}")) {
            throw CliException.usage("'" + key + "' is no key", "give 8 to 32 of the digits that 'nodes show' tells");
        }
    }
}
