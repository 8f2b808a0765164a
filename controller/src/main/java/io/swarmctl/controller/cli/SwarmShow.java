package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.SwarmDetailView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "show",
        description = "Shows the swarm, its managers, and what it waits for.",
        footer = {"", "Example:", "  swarmctl swarm show"})
final class SwarmShow implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    SwarmShow(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        output.print(surroundings, target.open(surroundings).get("/swarm"), this::words);
        return ExitCode.OK;
    }

    private String words(String json) throws CliException {
        SwarmDetailView view = Api.read(json, SwarmDetailView.class);
        StringBuilder text = new StringBuilder();
        line(text, "state", view.state() + (view.waitingFor().isEmpty() ? "" : ", waits for " + view.waitingFor()));
        line(text, "cluster id", Words.dash(view.clusterId()));
        line(text, "founder", Words.dash(view.founder()) + ", epoch " + view.founderEpoch());
        line(
                text,
                "managers",
                view.managersJoined() == 0
                        ? "none tells how many agree"
                        : view.managersReachable() + " of " + view.managersJoined() + " reachable, "
                                + (view.state().equals("working") ? "with" : "without") + " a quorum, as of "
                                + Words.ago(view.seenAgeSeconds()));
        line(text, "workers", view.workersReady() + " of " + view.workersJoined() + " ready");
        return text + (view.managers().isEmpty() ? "" : "\n" + managers(view));
    }

    private String managers(SwarmDetailView view) {
        Table table = new Table(surroundings, -1, "MANAGER", "ADDRESS", "IN THE SWARM", "CONNECTED", "SEEN", "TROUBLE");
        for (SwarmDetailView.ManagerView manager : view.managers()) {
            table.row(
                    manager.name(),
                    Words.dash(manager.address()),
                    manager.leader() ? "leader" : manager.manages() ? "manager" : "-",
                    manager.connected() ? "yes" : "no",
                    Words.ago(manager.seenAgeSeconds()),
                    manager.trouble());
        }
        return table.toString();
    }

    private static void line(StringBuilder text, String title, String value) {
        text.append(String.format("%-12s", title)).append(value).append('\n');
    }
}
