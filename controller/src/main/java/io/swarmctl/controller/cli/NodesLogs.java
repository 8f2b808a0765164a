package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.LogView;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "logs",
        description = "Prints what actions on a node printed.",
        footer = {"", "Example:", "  swarmctl nodes logs -f pi-001"})
final class NodesLogs implements Callable<Integer> {
    private static final int PAGE = 5000;
    private static final int WAIT_SECONDS = 20;

    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with new lines as they come, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "200",
            description = "How many of the last lines to begin with (default ${DEFAULT-VALUE}).")
    private int last = 200;

    @Parameters(paramLabel = "NODE", description = "Its name or id.")
    private String node = "";

    NodesLogs(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException, InterruptedException {
        Api api = target.open(surroundings);
        Deque<LogView.Line> tail = new ArrayDeque<>();
        long next = 0;
        LogView page;
        do {
            page = page(api, next, 0);
            next = page.next();
            for (LogView.Line line : page.lines()) {
                tail.addLast(line);
                if (tail.size() > last) {
                    tail.removeFirst();
                }
            }
        } while (page.lines().size() == PAGE);
        tail.forEach(this::print);
        Patience patience = new Patience(surroundings);
        while (follow && !surroundings.out().checkError()) {
            long after = next;
            page = patience.ask(() -> page(api, after, WAIT_SECONDS));
            next = page.next();
            page.lines().forEach(this::print);
        }
        return ExitCode.OK;
    }

    private LogView page(Api api, long after, int wait) throws CliException {
        String path = "/nodes/" + Api.segment(node) + "/log?after=" + after + "&limit=" + PAGE + "&wait=" + wait;
        return api.get(path, LogView.class);
    }

    private void print(LogView.Line line) {
        surroundings.out().println(line.at() + "  " + line.action() + "  " + line.text());
        surroundings.out().flush();
    }
}
