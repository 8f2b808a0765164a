package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.StatusView;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        description = "Shows how the fleet stands, or waits until it is ready.",
        footer = {"", "Examples:", "  swarmctl status", "  swarmctl status --wait --nodes 3 --timeout 10m"})
final class Status implements Callable<Integer> {
    private static final Duration EVERY = Duration.ofSeconds(1);

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
        LiveLine line = new LiveLine(surroundings);
        Patience patience = new Patience(surroundings);
        while (true) {
            String json = patience.ask(() -> api.get("/status"));
            StatusView view = Api.read(json, StatusView.class);
            boolean so = view.ready() && view.states().getOrDefault("ready", 0) >= nodes;
            line.show(
                    waited,
                    view.states().getOrDefault("ready", 0) + " of " + Words.count(view.nodes(), "node") + " ready",
                    Arrival.busy(view.attention()));
            if (so || waited.compareTo(timeout) >= 0) {
                line.end();
                output.print(surroundings, json, answer -> words(api, answer));
                return so ? ExitCode.OK : notYet(view);
            }
            surroundings.pause().pass(EVERY);
            waited = waited.plus(EVERY);
        }
    }

    private int notYet(StatusView view) {
        String missing = view.nodes() < nodes
                ? ": there are " + Words.count(view.nodes(), "node") + ", and " + nodes + " are waited for"
                : "";
        surroundings.err().println("not ready within " + Words.span(timeout.toSeconds()) + missing);
        return ExitCode.NOT_YET;
    }

    private String words(Api api, String json) throws CliException {
        return new StatusWords(surroundings).whole(api.context(), Api.read(json, StatusView.class));
    }
}
