package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.AutoView;
import io.swarmctl.controller.api.view.RolesView;
import io.swarmctl.controller.text.NameRanges;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        description = "Lists roles and who has them.",
        footer = {"", "Example:", "  swarmctl roles list"})
final class RolesList implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    RolesList(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        output.print(surroundings, target.open(surroundings).get("/roles"), this::words);
        return ExitCode.OK;
    }

    private String words(String json) throws CliException {
        RolesView view = Api.read(json, RolesView.class);
        Table table = new Table(surroundings, -1, "ROLE", "IN THE SWARM", "COUNT", "NODES");
        for (RolesView.RoleView role : view.roles()) {
            table.row(
                    role.name(),
                    role.membership(),
                    Integer.toString(role.nodes().size()),
                    names(role.nodes()));
        }
        table.row("-", "", Integer.toString(view.unassigned().size()), names(view.unassigned()));
        StringBuilder text = new StringBuilder(table.toString());
        text.append("standing rule: ").append(rule(view.auto())).append('\n');
        view.warnings()
                .forEach(warning -> text.append("warning: ").append(warning).append('\n'));
        return text.toString();
    }

    private static String names(List<String> sorted) {
        return String.join(" ", NameRanges.shorten(sorted));
    }

    static String rule(@Nullable AutoView auto) {
        if (auto == null) {
            return "none";
        }
        Long next = auto.nextInSeconds();
        return Words.count(auto.managers(), "manager") + ", all others workers, once no new node has come for "
                + auto.settleSeconds() + " s"
                + (next == null ? "" : "; " + (next == 0 ? "about to give roles" : "next in " + next + " s"));
    }
}
