package io.swarmctl.controller.cli;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "auto",
        description = "Sets or ends the standing rule that gives every node a role by itself.",
        footer = {"", "Examples:", "  swarmctl roles auto --managers 3", "  swarmctl roles auto --off"})
final class RolesAuto implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

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
    public Integer call() throws CliException {
        Api api = target.open(surroundings);
        String answer = rule.off
                ? api.send("DELETE", "/roles/auto")
                : api.send(
                        "PUT", "/roles/auto", Map.of("managers", rule.managers, "settleSeconds", settle.toSeconds()));
        return Changed.print(surroundings, output, answer);
    }
}
