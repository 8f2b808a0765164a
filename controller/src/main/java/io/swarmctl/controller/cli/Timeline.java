package io.swarmctl.controller.cli;

import io.swarmctl.controller.api.view.EventsView;
import io.swarmctl.controller.api.view.EventsView.EventView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "timeline",
        description = "Tells what happened and who did it, the newest last.",
        footer = {
            "",
            "Examples:",
            "  swarmctl timeline --since 1h",
            "  swarmctl timeline --node pi-001 -n 20",
            "  swarmctl timeline --watch"
        })
final class Timeline implements Callable<Integer> {
    private static final Sheet<EventView> SHEET = Sheet.<EventView>of(event -> String.valueOf(event.node()))
            .age("WHEN", EventView::ageSeconds)
            .wide("TIME", event -> event.at().toString(), EventView::at)
            .column("WHO", EventView::actor)
            .column("NODE", EventView::node)
            .text("WHAT", EventView::text);
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final int MOST = 1_000;

    private final Surroundings surroundings;

    @Mixin
    private Target target = new Target();

    @Mixin
    private Output output = new Output();

    @Option(names = "--node", paramLabel = "NODE", description = "Only what is about that node; its name or id.")
    private String node = "";

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "Only what happened since then, as 1h.")
    private @Nullable Duration since;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "50",
            description = "How many at most, 1 to 1000 (default ${DEFAULT-VALUE}).")
    private int lines = 50;

    @Option(names = "--watch", description = "Go on with what happens, until Ctrl-C.")
    private boolean watch;

    Timeline(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CliException, InterruptedException {
        if (lines < 1 || lines > MOST) {
            throw CliException.usage("'" + lines + "' lines", "ask for 1 to " + MOST);
        }
        if (watch && !output.isForPeople()) {
            throw CliException.usage("--watch is for people", "leave out -o, or ask again and again");
        }
        Api api = target.open(surroundings);
        String json = api.get(path(lines));
        EventsView view = Api.read(json, EventsView.class);
        List<EventView> told = recent(view);
        String kept = since == null ? json : Api.write(new EventsView(view.at(), told), EventsView.class);
        output.print(surroundings, kept, SHEET, oldestFirst(told), "");
        if (watch) {
            follow(api, told);
        }
        return ExitCode.OK;
    }

    private String path(int limit) {
        return "/events?limit=" + limit + (node.isEmpty() ? "" : "&node=" + Api.segment(node));
    }

    private List<EventView> recent(EventsView view) {
        return view.events().stream()
                .filter(event -> since == null || event.ageSeconds() <= since.toSeconds())
                .toList();
    }

    private static List<EventView> oldestFirst(List<EventView> events) {
        List<EventView> turned = new ArrayList<>(events);
        Collections.reverse(turned);
        return turned;
    }

    private void follow(Api api, List<EventView> told) throws CliException, InterruptedException {
        Patience patience = new Patience(surroundings);
        EventView last = told.isEmpty() ? null : told.get(0);
        while (!surroundings.out().checkError()) {
            surroundings.pause().pass(EVERY);
            EventsView view = patience.ask(() -> api.get(path(MOST), EventsView.class));
            oldestFirst(newer(view.events(), last))
                    .forEach(event -> surroundings.out().println(line(event)));
            surroundings.out().flush();
            last = view.events().isEmpty() ? last : view.events().get(0);
        }
    }

    /** Those that came after that one; they are sorted by the newest. */
    private static List<EventView> newer(List<EventView> events, @Nullable EventView last) {
        return last == null
                ? events
                : events.stream().takeWhile(event -> !isSame(event, last)).toList();
    }

    /** Its age aside. */
    private static boolean isSame(EventView a, EventView b) {
        return a.at().equals(b.at()) && a.text().equals(b.text()) && Objects.equals(a.node(), b.node());
    }

    private static String line(EventView event) {
        return event.at() + "   " + event.actor() + "   " + Words.dash(event.node()) + "   " + event.text();
    }
}
