package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.NodeView;
import io.swarmctl.controller.api.view.NodesView;
import io.swarmctl.controller.api.view.RolesView;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** For shells that complete names. Says nothing at all when there is nothing to say, for somebody is typing. */
@Command(
        name = "__names",
        hidden = true,
        description = "Prints names for completion.",
        footer = {"", "Example:", "  swarmctl __names nodes"})
final class Names implements Callable<Integer> {
    private final Surroundings surroundings;

    /** What has names. */
    enum Kind {
        nodes,
        roles
    }

    @Parameters(paramLabel = "KIND", description = "${COMPLETION-CANDIDATES}.")
    private Kind kind = Kind.nodes;

    Names(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        try {
            Api api = new Target().open(surroundings).hurried();
            List<String> names = switch (kind) {
                case nodes ->
                    api.get("/nodes", NodesView.class).nodes().stream()
                            .map(NodeView::name)
                            .toList();
                case roles ->
                    api.get("/roles", RolesView.class).roles().stream()
                            .map(RolesView.RoleView::name)
                            .toList();
            };
            surroundings.out().print(Words.lines(names));
            surroundings.out().flush();
            return ExitCode.OK;
        } catch (CliException e) {
            return e.exitCode();
        }
    }
}
