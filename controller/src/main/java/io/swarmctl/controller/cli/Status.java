package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.NodeView;
import io.swarmctl.controller.api.view.StatusView;
import io.swarmctl.controller.api.view.StatusView.SwarmView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        description = "Shows how the fleet stands, or waits until it is ready.",
        footer = {"", "Examples:", "  swarmctl status", "  swarmctl status --wait --nodes 3 --timeout 10m"})
final class Status implements Callable<Integer> {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int MOST_SHOWN = 20;

    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    @Mixin
    private Watch watch = new Watch();

    @Option(
            names = "--wait",
            description = "Wait until every enrolled node has a role and is ready. Exit code 3 when it is not in time.")
    private boolean wait;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "1",
            description = "With --wait: also until there are that many ready nodes (default ${DEFAULT-VALUE}).")
    private int nodes = 1;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "10m",
            converter = Durations.class,
            description = "How long to wait (default ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofMinutes(10);

    Status(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException, InterruptedException {
        Api api = target.open(surroundings);
        if (wait) {
            return waitFor(api);
        }
        watch.run(
                surroundings,
                () -> api.get("/status"),
                json -> output.print(surroundings, json, answer -> words(api, answer)));
        return ExitCode.OK;
    }

    private int waitFor(Api api) throws CliException, InterruptedException {
        Duration waited = Duration.ZERO;
        String told = "";
        Patience patience = new Patience(surroundings);
        while (true) {
            String json = patience.ask(() -> api.get("/status"));
            StatusView view = Api.read(json, StatusView.class);
            boolean so = view.ready() && view.states().getOrDefault("ready", 0) >= nodes;
            String now = progress(view);
            if (!now.equals(told)) {
                surroundings.err().println(String.format("%4ds  %s", waited.toSeconds(), now));
                told = now;
            }
            if (so || waited.compareTo(timeout) >= 0) {
                output.print(surroundings, json, answer -> words(api, answer));
                return so ? ExitCode.OK : notYet();
            }
            surroundings.pause().pass(EVERY);
            waited = waited.plus(EVERY);
        }
    }

    private int notYet() {
        surroundings.err().println("not ready within " + Words.span(timeout.toSeconds()));
        return ExitCode.NOT_YET;
    }

    private static String progress(StatusView view) {
        String busy = view.attention().stream()
                .limit(4)
                .map(node -> node.name() + " " + node.state() + (node.why().isEmpty() ? "" : " (" + node.why() + ")"))
                .collect(Collectors.joining(", "));
        return view.states().getOrDefault("ready", 0) + " of " + Words.count(view.nodes(), "node") + " ready"
                + (busy.isEmpty() ? "" : ": " + busy);
    }

    private String words(Api api, String json) throws CliException {
        StatusView view = Api.read(json, StatusView.class);
        StringBuilder text = new StringBuilder();
        text.append("controller  ")
                .append(api.context().url())
                .append(", version ")
                .append(view.version());
        text.append(
                Target.isOwn(api.context())
                        ? " (this machine's own, without login)\n"
                        : " (context " + api.context().name() + ")\n");
        text.append("fleet       ")
                .append(view.fleet())
                .append(": ")
                .append(states(view))
                .append('\n');
        if (view.waiting() > 0) {
            text.append("approval    ").append(view.waiting()).append(" waiting: swarmctl nodes list\n");
        }
        text.append("swarm       ").append(swarm(view.swarm())).append('\n');
        text.append("rule        ").append(RolesList.rule(view.auto())).append('\n');
        view.warnings()
                .forEach(warning -> text.append("warning     ").append(warning).append('\n'));
        text.append(attention(view.attention()));
        text.append(view.ready() ? "ready\n" : "not ready\n");
        return text.toString();
    }

    private static String states(StatusView view) {
        if (view.nodes() == 0) {
            return "no nodes yet; an image lets them in with a key: swarmctl enrolment create";
        }
        return Words.count(view.nodes(), "node") + " ("
                + view.states().entrySet().stream()
                        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", "))
                + ")";
    }

    private static String swarm(SwarmView swarm) {
        if (swarm.clusterId().isEmpty()) {
            return swarm.founder().isEmpty() ? "none yet" : "being founded by " + swarm.founder();
        }
        if (swarm.seenAgeSeconds() == null) {
            return swarm.clusterId() + ", no manager heard yet";
        }
        return swarm.managersReachable() + " of " + Words.count(swarm.managersJoined(), "manager") + " reachable, "
                + swarm.workersReady() + " of " + Words.count(swarm.workersJoined(), "worker") + " ready, leader "
                + Words.dash(swarm.leader()) + ", " + swarm.margin() + " to spare, as of "
                + Words.ago(swarm.seenAgeSeconds());
    }

    private String attention(List<NodeView> nodes) {
        if (nodes.isEmpty()) {
            return "";
        }
        Table table = new Table(surroundings, 1, "NODE", "STATE", "SEEN", "WHY AND WHAT TO DO");
        for (NodeView node : nodes.subList(0, Math.min(MOST_SHOWN, nodes.size()))) {
            String todo = node.why().isEmpty() || node.remedy().isEmpty() ? node.remedy() : "; " + node.remedy();
            table.row(node.name(), node.state(), Words.ago(node.seenAgeSeconds()), node.why() + todo);
        }
        int more = nodes.size() - MOST_SHOWN;
        return table + (more > 0 ? "and " + more + " more: swarmctl nodes list\n" : "");
    }
}
