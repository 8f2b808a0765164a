package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.NodeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "assign",
        description = "Gives nodes a role. All of them get it, or none.",
        footer = {
            "",
            "Examples:",
            "  swarmctl roles assign manager pi-001 --wait",
            "  swarmctl roles assign worker pi-[002-003] --dry-run",
            "  swarmctl roles assign worker --all-unassigned"
        })
final class RolesAssign implements Callable<Integer> {
    private static final Set<String> ROLES = Set.of("manager", "worker");

    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Selection selection = new Selection();

    @Mixin
    private Deed deed = new Deed();

    @Mixin
    private Output output = new Output();

    @Parameters(index = "0", paramLabel = "ROLE", description = "manager or worker.")
    private String role = "";

    @Option(names = "--all-unassigned", description = "All enrolled nodes without a role, instead of named ones.")
    private boolean allUnassigned;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "NODE",
            description = "Names or ids; pi-[001-020] is twenty nodes.")
    private List<String> names = List.of();

    RolesAssign(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException, InterruptedException {
        if (allUnassigned && (selection.describes() || !names.isEmpty())) {
            throw CliException.usage("which nodes?", "name or select them, or give --all-unassigned");
        }
        if (names.stream().anyMatch(ROLES::contains) && !ROLES.contains(role)) {
            throw CliException.usage(
                    "there is no role " + role, "the role comes first: swarmctl roles assign ROLE NODE ...");
        }
        NodeSelector selector = allUnassigned ? NodeSelector.EVERY : selection.read(names);
        Api api = target.open(surroundings);
        List<NodeView> nodes = allUnassigned
                ? selection.all(api, node -> NodeStates.isEnrolled(node) && node.role() == null)
                : selection.nodes(api, selector, NodeStates::isEnrolled, "can have a role");
        if (nodes.isEmpty()) {
            surroundings.err().println(allUnassigned ? "every node has a role already" : "no node can have a role");
            return ExitCode.OK;
        }
        List<String> ids = new ArrayList<>(Selection.ids(nodes));
        Order order = new Order(
                "POST",
                "/roles/assign",
                Map.of("role", role, "nodes", ids),
                ids,
                Goal.READY,
                Order.Caution.QUORUM,
                "Assign?");
        return deed.carryOut(order, api, surroundings, output);
    }
}
