package io.swarmctl.controller.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.controller.api.Access.Level;
import io.swarmctl.controller.api.TestController;
import io.vertx.core.json.JsonArray;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What axe-core has to say of every view, light and dark, on a desktop and on a phone. */
@EnabledIf("io.swarmctl.controller.web.Chromium#isThere")
class AccessibilityTest {
    private static final Path AXE = Path.of("src/main/web/node_modules/axe-core/axe.min.js");

    private static Chromium chromium;
    private static TestController controller;
    private static Page page;
    private static String axe;

    @BeforeAll
    static void begin() throws Exception {
        axe = Files.readString(AXE);
        controller = Stage.open(new StagedFleet(100));
        chromium = Chromium.start();
        page = chromium.open().window(1280, 800, false);
        page.login(controller.url() + "/", TestController.TOKENS.get(Level.ADMIN));
    }

    @AfterAll
    static void end() throws Exception {
        chromium.close();
        controller.close();
    }

    @ParameterizedTest
    @CsvSource({
        "'#/', pi-100",
        "'#/nodes/pi-002', pi-002",
        "'#/nodes/pi-023', Hash Sum mismatch",
        "'#/roles', Standing rule",
        "'#/arrivals', pi-047",
        "'#/timeline', Who was at what",
        "'#/report', Median",
        "'#/swarm', leader",
        "'#/settings', 7h2kq0vz",
        "'#/nodes/pi-041', Adopt it"
    })
    void noViewHasASeriousViolation(String path, String shows) {
        page.window(1280, 800, false).ask("location.hash = '" + path + "'");
        page.untilShows(shows);
        hasNone();
    }

    /** Light and dark, on a desktop and on a phone. */
    private static void hasNone() {
        for (boolean dark : new boolean[] {false, true}) {
            assertThat(violations(page.window(1280, 800, dark)))
                    .as("desktop, dark: " + dark)
                    .isEmpty();
            assertThat(violations(page.window(390, 844, dark)))
                    .as("phone, dark: " + dark)
                    .isEmpty();
        }
        page.window(1280, 800, false);
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void norHasTheLogin(boolean dark) {
        Page login = chromium.open().window(1280, 800, dark).go(controller.url() + "/");
        login.untilShows("Access token");

        assertThat(violations(login)).isEmpty();
    }

    @Test
    void norHasAShownDiagnosis() {
        page.window(1280, 800, false).ask("location.hash = '#/nodes/pi-023'");
        page.press("Show that of").untilShows("this is its end").press("addresses");

        hasNone();
    }

    @Test
    void norHaveTheBenchmarksOfEachNode() {
        page.window(1280, 800, false).ask("location.hash = '#/report'");
        page.untilShows("CPU, one core").ask("document.querySelector('details').open = true");
        page.untilShows("49 to 63");

        hasNone();
    }

    /** Where it is, what opens it, and what it shows then. */
    static Stream<Arguments> dialogs() {
        return Stream.of(
                Arguments.of("#/nodes/pi-002", List.of("Change labels", "Another label"), "By labels nodes are found"),
                Arguments.of("#/nodes/pi-041", List.of("Adopt it"), "Whatever runs on pi-041"),
                Arguments.of("#/nodes/pi-002", List.of("Rename"), "becomes its hostname"),
                Arguments.of("#/report", List.of("Benchmark all"), "as hard as it can"),
                Arguments.of("#/swarm", List.of("See what recovery means"), "goes on with it"),
                Arguments.of("#/settings", List.of("Make a key"), "How many nodes may use it"),
                Arguments.of("#/settings", List.of("Make a key", "Make it"), "This is shown once"),
                Arguments.of("#/settings", List.of("Make a token"), "What it may do"),
                Arguments.of("#/settings", List.of("Revoke key"), "Cards with it wait"));
    }

    @ParameterizedTest
    @MethodSource("dialogs")
    void norHasADialog(String path, List<String> presses, String shows) {
        page.window(1280, 800, false).ask("location.hash = '" + path + "'");
        presses.forEach(page::press);
        page.untilShows(shows);
        hasNone();
        page.ask("document.querySelector('dialog').close()");
        page.until("!document.querySelector('dialog')");
    }

    @Test
    void norHasThePolicyWithAMistakeNorItsDifference() {
        page.window(1280, 800, false).ask("location.hash = '#/settings'");
        page.until("document.querySelector('textarea').value");
        String policy = page.ask("document.querySelector('textarea').value").toString();
        page.type("The policy", policy + "colour: red\n").press("See what changes");
        assertThat(violations(page.untilShows("This is no policy yet"))).isEmpty();

        page.type("The policy", policy.replace("ssh: false", "ssh: true")).press("See what changes");
        assertThat(violations(page.untilShows("ssh: false -> true"))).isEmpty();
        page.press("Cancel").press("Roles");
        assertThat(violations(page.untilShows("Leave without applying?"))).isEmpty();
        page.press("Leave");
    }

    @ParameterizedTest
    @ValueSource(strings = {"#/", "#/nodes/pi-041", "#/roles", "#/arrivals", "#/report", "#/swarm", "#/settings"})
    void noViewIsWiderThanAPhone(String path) {
        page.window(390, 844, false).ask("location.hash = '" + path + "'");
        page.until("document.querySelector('h1')");

        assertThat(page.ask("document.documentElement.scrollWidth")).isEqualTo(390);
    }

    private static String violations(Page page) {
        page.ask("typeof axe === 'object' || (() => {" + axe + "})()");
        Object found = page.ask("""
                axe.run(document, {resultTypes: ['violations'],
                    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
                  .then((result) => JSON.stringify(result.violations
                    .filter((one) => ['serious', 'critical'].includes(one.impact))
                    .map((one) => one.id + ': ' + one.nodes.slice(0, 3).map((node) =>
                      node.html.slice(0, 160) + ' ' + (node.any[0]?.message ?? node.all[0]?.message ?? '')).join(' | '))))""");
        return new JsonArray(found.toString())
                .stream().map(Object::toString).reduce("", (all, one) -> all + one + "\n");
    }
}
