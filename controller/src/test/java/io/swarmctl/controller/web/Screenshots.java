package io.swarmctl.controller.web;

import io.swarmctl.controller.api.Access.Level;
import io.swarmctl.controller.api.TestController;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pictures of every view: with 3, 100 and 1,000 nodes, light and dark, on a desktop and on a phone. */
public final class Screenshots {
    private static final Map<String, String> VIEWS = views();

    private Screenshots() {}

    private static Map<String, String> views() {
        Map<String, String> views = new LinkedHashMap<>();
        views.put("fleet", "#/");
        views.put("node", "#/nodes/pi-002");
        views.put("node-failed", "#/nodes/pi-023");
        views.put("roles", "#/roles");
        views.put("arrivals", "#/arrivals");
        views.put("timeline", "#/timeline");
        views.put("report", "#/report");
        return views;
    }

    /** @param arguments the directory for the pictures, then how many nodes (several, with commas), then views */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        String[] counts = (arguments.length > 1 ? arguments[1] : "3,100,1000").split(",", -1);
        List<String> wanted = arguments.length > 2 ? List.of(arguments[2].split(",", -1)) : List.copyOf(VIEWS.keySet());
        try (Chromium chromium = Chromium.start()) {
            for (String count : counts) {
                take(chromium, Integer.parseInt(count), directory, wanted);
            }
        }
    }

    private static void take(Chromium chromium, int count, Path directory, List<String> wanted) throws Exception {
        try (TestController controller = Stage.open(new StagedFleet(count))) {
            Page page = chromium.open();
            page.window(1280, 800, false)
                    .login(controller.url() + "/", TestController.TOKENS.get(Level.OPERATOR));
            for (String view : wanted) {
                if (view.equals("node-failed") && count < 100) {
                    continue;
                }
                page.ask("location.hash = '" + VIEWS.get(view) + "'");
                page.until("document.querySelector('h1')");
                for (boolean dark : new boolean[] {false, true}) {
                    String name = view + "-" + count + (dark ? "-dark" : "-light");
                    settled(page.window(1440, 900, dark)).picture(directory.resolve(name + "-desktop.png"));
                    settled(page.window(390, 844, dark)).picture(directory.resolve(name + "-phone.png"));
                }
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
    private static Page settled(Page page) {
        page.ask("new Promise((done) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 900))");
        return page;
    }
}
