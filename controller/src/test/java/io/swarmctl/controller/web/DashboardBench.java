package io.swarmctl.controller.web;

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
 * How quick the dashboard is before a controller that runs already, with nodes that have enrolled, are at work and have
 * no role yet: from a node's report to the frame that shows it. Started by {@code scripts/bench dashboard}.
 */
@Tag("bench")
class DashboardBench {
    private static final int VISITS = 5;
    private static final Duration STILL = Duration.ofSeconds(20);
    private static final Duration BUSY = Duration.ofSeconds(90);

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
            Page page = chromium.open().window(1280, 800, false).first(FrameTimes.WATCH);
            page.login(url, token).until("window.first");
            double before = share(controller, STILL);
            results.put("first tiles, median ms of " + VISITS, firstTiles(page, url));
            results.put("controller before roles, % of a core", before);
            int status = ((Number) page.ask(ROLES)).intValue();
            if (status != 200) {
                throw new IllegalStateException("no roles: " + status);
            }
            FrameTimes.begin(page);
            results.put("controller with roles, % of a core", share(controller, BUSY));
            FrameTimes.tell(page, results);
        }
        Files.writeString(Path.of(System.getProperty("dashboard.results")), results.encodePrettily());
    }

    private static long firstTiles(Page page, String url) throws Exception {
        List<Long> times = new ArrayList<>();
        for (int visit = 0; visit < VISITS; visit++) {
            page.go("about:blank").go(url).until("window.first");
            times.add(FrameTimes.firstTiles(page));
        }
        return times.stream().sorted().toList().get(VISITS / 2);
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
