package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.NodesView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "auto",
        description = "Sets or ends the standing rule that gives every node a role by itself.",
        footer = {"", "Examples:", "  swarmctl roles auto --managers 3 --dry-run", "  swarmctl roles auto --off"})
final class RolesAuto implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Deed deed = new Deed();

    @Mixin
    private Output output = new Output();

    @ArgGroup(multiplicity = "1")
    private Rule rule = new Rule();

    @Option(
            names = "--settle",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = Durations.class,
            description = "How long no new node may have come before managers are chosen (default ${DEFAULT-VALUE}).")
    private Duration settle = Duration.ofSeconds(30);

    /** The rule, or none. */
    static final class Rule {
        @Option(
                names = "--managers",
                required = true,
                paramLabel = "N",
                description = "How many managers; all other nodes become workers. Better odd.")
        int managers;

        @Option(names = "--off", required = true, description = "End the rule; roles stay as they are.")
        boolean off;
    }

    RolesAuto(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException, InterruptedException {
        Api api = target.open(surroundings);
        Map<String, Object> wanted = Map.of("managers", rule.managers, "settleSeconds", settle.toSeconds());
        List<String> nodes = Selection.ids(api.get("/nodes", NodesView.class).nodes().stream()
                .filter(NodeStates::isEnrolled)
                .toList());
        Order order = new Order(
                rule.off ? "DELETE" : "PUT",
                "/roles/auto",
                rule.off ? null : wanted,
                rule.off ? List.of() : nodes,
                Goal.READY,
                Order.Caution.NONE,
                "Set?");
        return deed.carryOut(order, api, surroundings, output);
    }
}
