package io.swarmctl.controller.web;

import io.swarmctl.controller.api.Access.Level;
import io.swarmctl.controller.api.TestController;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Pictures of every view: with 3, 100 and 1,000 nodes, light and dark, on a desktop and on a phone. Started by
 * {@code scripts/screenshots}.
 */
@Tag("long")
class ScreenshotsRun {
    private static final Map<String, String> VIEWS = views();
    private static final String ALL = "all";

    /** What shows itself only when something is pressed. */
    private static final Map<String, List<String>> PRESSES = Map.of(
            "node-diagnosed", List.of("Show that of"),
            "swarm-recovery", List.of("See what recovery means"),
            "settings-key", List.of("Make a key", "Make it"));

    /** Of nodes that are not among three. */
    private static final Set<String> ONLY_IN_MANY = Set.of("node-failed", "node-diagnosed", "node-foreign");

    private static Map<String, String> views() {
        Map<String, String> views = new LinkedHashMap<>();
        views.put("fleet", "#/");
        views.put("node", "#/nodes/pi-002");
        views.put("node-failed", "#/nodes/pi-023");
        views.put("node-diagnosed", "#/nodes/pi-023");
        views.put("node-foreign", "#/nodes/pi-041");
        views.put("roles", "#/roles");
        views.put("arrivals", "#/arrivals");
        views.put("timeline", "#/timeline");
        views.put("report", "#/report");
        views.put("report-benchmarks", "#/report");
        views.put("swarm", "#/swarm");
        views.put("swarm-recovery", "#/swarm");
        views.put("settings", "#/settings");
        views.put("settings-key", "#/settings");
        return views;
    }

    @Test
    void take() throws Exception {
        Path directory = Path.of(System.getProperty("screenshots.directory", "target/screenshots"));
        List<String> views = list("screenshots.views", ALL);
        if (views.contains(ALL)) {
            views = List.of(("login," + String.join(",", VIEWS.keySet())).split(",", -1));
        }
        try (Chromium chromium = Chromium.start()) {
            for (String count : list("screenshots.nodes", "3,100,1000")) {
                take(chromium, Integer.parseInt(count), directory, views);
            }
        }
    }

    private static List<String> list(String property, String otherwise) {
        return List.of(System.getProperty(property, otherwise).split(",", -1));
    }

    private static void take(Chromium chromium, int count, Path directory, List<String> wanted) throws Exception {
        try (TestController controller = Stage.open(new StagedFleet(count))) {
            Page page = chromium.open();
            page.window(1280, 800, false).login(controller.url() + "/", TestController.TOKENS.get(Level.ADMIN));
            for (String view : wanted) {
                boolean has = VIEWS.containsKey(view) && (count >= 100 || !ONLY_IN_MANY.contains(view));
                if (!has) {
                    continue;
                }
                page.ask("location.hash = '" + VIEWS.get(view) + "'");
                page.until("document.querySelector('h1')");
                PRESSES.getOrDefault(view, List.of()).forEach(page::press);
                for (boolean dark : new boolean[] {false, true}) {
                    String name = view + "-" + count + (dark ? "-dark" : "-light");
                    settled(page.window(1440, 900, dark), view).picture(directory.resolve(name + "-desktop.png"));
                    settled(page.window(390, 844, dark), view).picture(directory.resolve(name + "-phone.png"));
                }
                page.ask("document.querySelector('dialog')?.close()");
            }
            if (wanted.contains("login")) {
                login(chromium, controller, directory);
            }
        }
    }

    private static void login(Chromium chromium, TestController controller, Path directory) throws Exception {
        for (boolean dark : new boolean[] {false, true}) {
            Page page = chromium.open().window(1440, 900, dark);
            page.go(controller.url() + "/").untilShows("Access token");
            page.picture(directory.resolve("login" + (dark ? "-dark" : "-light") + "-desktop.png"));
        }
    }

    /** What is asked for has come, and was drawn. */
    private static Page settled(Page page, String view) {
        if (view.equals("node-diagnosed")) {
            page.ask("document.getElementById('diagnosis').scrollIntoView({block: 'center'})");
        } else if (view.equals("report-benchmarks")) {
            page.ask("document.getElementById('benchmarks').closest('section').scrollIntoView()");
        }
        page.ask(
                "new Promise((done) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 900))");
        return page;
    }
}
