package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.CacheView;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "status",
        description = "Shows what the package cache has, and what it has spared the internet line.",
        footer = {"", "Example:", "  swarmctl cache status"})
final class CacheStatus implements Callable<Integer> {
    static final String PATH = "/cache";

    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    CacheStatus(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException {
        output.print(surroundings, target.open(surroundings).get(PATH), json -> words(surroundings, json));
        return ExitCode.OK;
    }

    static String words(Surroundings surroundings, String json) throws CliException {
        CacheView view = Api.read(json, CacheView.class);
        StringBuilder text = new StringBuilder();
        line(text, "state", view.enabled() ? "on" : "off by the fleet's policy (packages.cache.enabled)");
        line(
                text,
                "files",
                Words.count(view.files(), "file") + ", " + bytes(view.bytes()) + " of " + bytes(view.limit())
                        + (view.evicted() == 0 ? "" : ", " + view.evicted() + " made room")
                        + (view.discarded() == 0 ? "" : ", " + view.discarded() + " were damaged and are gone"));
        line(text, "to nodes", bytes(view.bytesServed()));
        line(text, "from outside", bytes(view.bytesFetched()));
        line(
                text,
                "requests",
                view.hits() + " from the disk, " + view.joined() + " with another's download, " + view.misses()
                        + " of an archive, " + view.inFlight() + " at work");
        line(
                text,
                "trouble",
                view.failed() + " not answered, " + view.stale() + " answered as it was before, " + view.resumed()
                        + " resumed, " + view.refused() + " refused");
        if (!view.docker().isEmpty()) {
            line(
                    text,
                    "docker",
                    view.docker().stream()
                            .map(one -> one.release() + " " + one.architecture() + " " + one.state())
                            .collect(Collectors.joining(", ")));
        }
        if (view.upstreams().isEmpty()) {
            return text.toString();
        }
        Table table = new Table(surroundings, -1, "ARCHIVE", "REQUESTS", "FETCHED", "FAILED");
        view.upstreams()
                .forEach((host, asked) -> table.row(
                        host, Long.toString(asked.requests()), bytes(asked.bytes()), Long.toString(asked.failures())));
        return text + "\n" + table;
    }

    private static String bytes(long bytes) {
        return bytes < 1_000_000_000 ? String.format("%.1f MB", bytes / 1e6) : String.format("%.1f GB", bytes / 1e9);
    }

    private static void line(StringBuilder text, String title, String value) {
        text.append(String.format("%-14s", title)).append(value).append('\n');
    }
}
