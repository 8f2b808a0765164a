package io.swarmctl.controller.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        description = "Lists the controllers that you have logged in to.",
        footer = {"", "Example:", "  swarmctl context list"})
final class ContextList implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private Output output = new Output();

    ContextList(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        Contexts contexts = new ContextFile(surroundings).read();
        List<Map<String, Object>> shown = contexts.contexts().stream()
                .map(known -> Map.<String, Object>of(
                        "name",
                        known.name(),
                        "url",
                        known.url(),
                        "current",
                        known.name().equals(contexts.current())))
                .toList();
        output.print(surroundings, Tree.json(Map.of("contexts", shown)), json -> table(contexts));
        return ExitCode.OK;
    }

    private String table(Contexts contexts) {
        if (contexts.contexts().isEmpty()) {
            return "none yet; log in: swarmctl login https://CONTROLLER:8443\n";
        }
        Table table = new Table(surroundings, -1, "", "NAME", "URL");
        contexts.contexts()
                .forEach(known ->
                        table.row(known.name().equals(contexts.current()) ? "*" : "", known.name(), known.url()));
        return table.toString();
    }
}
