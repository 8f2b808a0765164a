package io.swarmctl.controller.web;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** How soon a page shows what nodes report, and how long it is busy at a stretch. */
final class FrameTimes {
    /** Notes what comes in, when which tile is drawn anew, and every task of over 50 ms; nothing is reckoned meanwhile. */
    static final String WATCH = """
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

    private FrameTimes() {}

    /** Milliseconds from the request of the page to its first tile. */
    static long firstTiles(Page page) {
        return whole(page.ask("window.first"));
    }

    /** Only what comes from now on counts. */
    static void begin(Page page) {
        page.ask("window.came.length = window.drawn.length = window.long.length = 0");
    }

    static void tell(Page page, JsonObject results) {
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
}
