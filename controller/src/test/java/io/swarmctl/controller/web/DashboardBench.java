package io.swarmctl.controller.web;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How quick the dashboard is before a controller that runs already, with nodes that have enrolled and have no role yet:
 * from a node's report to the frame that shows it. Started by {@code scripts/bench dashboard}.
 */
@Tag("bench")
class DashboardBench {
    private static final Duration STILL = Duration.ofSeconds(20);
    private static final Duration BUSY = Duration.ofSeconds(90);

    /** Notes what comes in, when which tile is drawn anew, and every task of over 50 ms; nothing is reckoned meanwhile. */
    private static final String WATCH = """
            window.came = []; window.drawn = []; window.long = []; window.first = 0;
            window.WebSocket = class extends WebSocket {
              constructor(...all) {
                super(...all);
                this.addEventListener('message', (event) => window.came.push([Date.now(), event.data]));
              }
            };
            new PerformanceObserver((list) => list.getEntries().forEach((e) => window.long.push(e.duration)))
              .observe({type: 'longtask', buffered: true});
            const shown = new Map();
            const look = () => {
              for (const tile of document.querySelectorAll('a.tile')) {
                window.first ||= performance.now();
                const was = shown.get(tile.hash);
                if (was !== tile.title) {
                  shown.set(tile.hash, tile.title);
                  if (was !== undefined) window.drawn.push([Date.now(), decodeURIComponent(tile.hash.split('/')[2])]);
                }
              }
              requestAnimationFrame(look);
            };
            requestAnimationFrame(look);""";

    /** Since when, by name, what was drawn is known: milliseconds from the report, and from when the page heard of it. */
    private static final String LATENCIES = """
            (() => {
              const heard = new Map();
              for (const [at, data] of window.came) {
                if (!data.startsWith('a')) continue;
                for (const text of JSON.parse(data.slice(1))) {
                  for (const node of JSON.parse(text).body?.nodes ?? []) {
                    if (node.seenAt) {
                      if (!heard.has(node.name)) heard.set(node.name, []);
                      heard.get(node.name).push([at, Date.parse(node.seenAt)]);
                    }
                  }
                }
              }
              return JSON.stringify(window.drawn.flatMap(([at, name]) => {
                const news = (heard.get(name) ?? []).filter((one) => one[0] <= at).at(-1);
                return news ? [[at - news[1], at - news[0]]] : [];
              }));
            })()""";

    private static final String ROLES = """
            fetch('api/v1/roles/auto', {
              method: 'PUT',
              headers: {'X-Swarmctl': 'bench', 'Content-Type': 'application/json'},
              body: '{"managers": 3, "settleSeconds": 0}',
            }).then((answer) => answer.status)""";

    @Test
    void nodesGetTheirRolesWhileSomebodyLooksOn() throws Exception {
        String url = System.getProperty("dashboard.url");
        String token =
                Files.readString(Path.of(System.getProperty("dashboard.token"))).strip();
        ProcessHandle controller = ProcessHandle.of(Long.getLong("dashboard.controller"))
                .orElseThrow(() -> new IllegalStateException("there is no controller"));
        JsonObject results = new JsonObject();
        try (Chromium chromium = Chromium.start()) {
            Page page = chromium.open().window(1280, 800, false).first(WATCH);
            page.login(url, token).until("window.first");
            page.go("about:blank").go(url).until("window.first");
            results.put("first tiles, ms", whole(page.ask("window.first")));
            page.ask("window.long.length = 0");
            results.put("controller before, % of a core", share(controller, STILL));
            int status = ((Number) page.ask(ROLES)).intValue();
            if (status != 200) {
                throw new IllegalStateException("no roles: " + status);
            }
            page.ask("window.came.length = window.drawn.length = 0");
            results.put("controller at work, % of a core", share(controller, BUSY));
            told(page, results);
        }
        Files.writeString(Path.of(System.getProperty("dashboard.results")), results.encodePrettily());
    }

    private static void told(Page page, JsonObject results) {
        JsonArray latencies = new JsonArray(page.ask(LATENCIES).toString());
        List<Long> sinceReport = column(latencies, 0);
        List<Long> sinceHeard = column(latencies, 1);
        results.put("changes seen", latencies.size())
                .put("report to frame, median ms", at(sinceReport, 0.5))
                .put("report to frame, p95 ms", at(sinceReport, 0.95))
                .put("page to frame, median ms", at(sinceHeard, 0.5))
                .put("longest task, ms", whole(page.ask("Math.max(0, ...window.long)")))
                .put("tasks over 100 ms", whole(page.ask("window.long.filter((one) => one > 100).length")));
    }

    private static List<Long> column(JsonArray rows, int column) {
        List<Long> values = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            values.add(rows.getJsonArray(row).getLong(column));
        }
        values.sort(Long::compare);
        return values;
    }

    private static long at(List<Long> sorted, double part) {
        if (sorted.isEmpty()) {
            throw new IllegalStateException("nothing has changed on the screen");
        }
        return sorted.get((int) (sorted.size() * part));
    }

    private static long whole(Object number) {
        return Math.round(((Number) number).doubleValue());
    }

    /** In per cent of a core, while that time passes. */
    private static double share(ProcessHandle process, Duration time) throws InterruptedException {
        long before = processorNanos(process);
        long begun = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
        return Math.round(1_000.0 * (processorNanos(process) - before) / (System.nanoTime() - begun)) / 10.0;
    }

    private static long processorNanos(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }
}
