package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.DiagnosisView;
import io.swarmctl.controller.api.view.DiagnosisView.PartView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "diagnose",
        description = {
            "Asks a node what is wrong with it.",
            "Journals, kernel log, addresses, routes, disk, Docker and apt, as somebody would look them up who could log",
            "in. Bounded, and without secrets."
        },
        footer = {"", "Example:", "  swarmctl nodes diagnose pi-003 --out pi-003.txt"})
final class NodesDiagnose implements Callable<Integer> {
    private static final int LOOK_SECONDS = 10;

    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    @Option(names = "--out", paramLabel = "FILE", description = "Write it there (default: print it).")
    private @Nullable Path out;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "2m",
            converter = Durations.class,
            description = "How long to wait for the answer (default ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofMinutes(2);

    @Parameters(paramLabel = "NODE", description = "Its name or id.")
    private String node = "";

    NodesDiagnose(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException, InterruptedException {
        Api api = target.open(surroundings);
        String path = "/nodes/" + Api.segment(node) + "/diagnosis";
        String unused = api.send("POST", path);
        surroundings.err().println("asked; " + node + " looks for what may be wrong");
        Patience patience = new Patience(surroundings);
        long deadline = System.nanoTime() + timeout.toNanos();
        String json;
        do {
            json = patience.ask(() -> api.get(path + "?wait=" + LOOK_SECONDS));
        } while (Api.read(json, DiagnosisView.class).pending() && System.nanoTime() < deadline);
        DiagnosisView view = Api.read(json, DiagnosisView.class);
        if (view.takenAt() == null && !view.pending()) {
            throw new CliException("the controller has forgotten the question", "was it started again? ask once more");
        }
        if (view.pending()) {
            surroundings.err().println(node + " has not answered within " + Words.span(timeout.toSeconds()));
            return ExitCode.NOT_YET;
        }
        tell(json);
        return ExitCode.OK;
    }

    private void tell(String json) throws CliException {
        if (out == null) {
            output.print(surroundings, json, NodesDiagnose::words);
            return;
        }
        try {
            Files.writeString(out, output.text(json, NodesDiagnose::words));
            surroundings.err().println("written to " + out);
        } catch (IOException e) {
            throw new CliException("cannot write " + out, "is the directory there, and may you write there?", e);
        }
    }

    private static String words(String json) throws CliException {
        DiagnosisView view = Api.read(json, DiagnosisView.class);
        StringBuilder text = new StringBuilder();
        text.append("diagnosis of ")
                .append(view.node())
                .append(", ")
                .append(view.takenAt())
                .append('\n');
        for (PartView part : view.parts()) {
            text.append("\n== ").append(part.name()).append(" ==\n");
            if (!part.trouble().isEmpty()) {
                text.append("(").append(part.trouble()).append(")\n");
            }
            text.append(part.text()).append(part.text().isEmpty() || part.text().endsWith("\n") ? "" : "\n");
        }
        return text.toString();
    }
}
