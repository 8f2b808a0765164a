package io.swarmctl.controller.web;

import static org.awaitility.Awaitility.await;

import io.swarmctl.controller.fleet.Policy;
import io.swarmctl.controller.fleet.Transition;
import io.swarmctl.controller.server.TestFleet;
import io.swarmctl.controller.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A person with a browser before a real controller, with real agents on simulated boards; a new one for each test. */
final class Seat implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {
    static final Duration LONGEST = Duration.ofSeconds(60);

    private Chromium chromium;
    private Path directory;
    private TestFleet fleet;
    private Page page;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        chromium = Chromium.start();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        chromium.close();
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        directory = Files.createTempDirectory("dashboard");
        fleet = new TestFleet(directory);
        page = open();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        page.go("about:blank");
        fleet.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    TestFleet fleet() {
        return fleet;
    }

    Page page() {
        return page;
    }

    /** Another window, of somebody else. */
    Page open() {
        return chromium.open().window(1280, 800, false);
    }

    String url() {
        return "https://127.0.0.1:" + fleet.controller().httpsPort() + "/";
    }

    /** The first token, of level admin. */
    String token() throws Exception {
        return Files.readString(Store.adminToken(fleet.data())).strip();
    }

    /** Logs the first window in as admin. */
    Page login() throws Exception {
        return page.login(url(), token());
    }

    /** Boots boards, which get roles by the standing rule; there is a swarm then. */
    void ready(String... serials) throws Exception {
        fleet.change(fleet -> Transition.silent(fleet.with(fleet.policy().withAuto(new Policy.Auto(1, 0)))));
        String key = fleet.enrolmentKey(serials.length);
        for (String serial : serials) {
            fleet.boot(serial, key);
        }
        await().atMost(LONGEST)
                .until(() -> fleet.fleet().swarm().clusterId() != null
                        && fleet.fleet().nodes().keySet().containsAll(List.of(serials)));
    }
}
