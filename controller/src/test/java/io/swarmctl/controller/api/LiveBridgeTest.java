package io.swarmctl.controller.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.swarmctl.common.wire.NodeState;
import io.swarmctl.controller.api.Access.Level;
import io.swarmctl.controller.fleet.ExampleNodes;
import io.swarmctl.controller.fleet.Fleet;
import io.vertx.core.json.JsonObject;
import java.net.http.WebSocketHandshakeException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the dashboard hears while it is open, and who may hear it. */
class LiveBridgeTest {
    private static final String ADDRESS = "swarmctl.fleet";

    private TestController controller;

    @BeforeEach
    void start() {
        controller =
                new TestController(ExampleNodes.fleet(ExampleNodes.arrived(1), ExampleNodes.arrived(2)), "localhost");
    }

    @AfterEach
    void stop() {
        controller.close();
    }

    private LiveSocket open(LoggedIn browser) throws Exception {
        return LiveSocket.open(controller, browser.cookie(), controller.url());
    }

    @ParameterizedTest
    @EnumSource(Level.class)
    void everyLevelHearsAllNodesFirstAndThenThoseThatChange(Level level) throws Exception {
        try (LiveSocket socket = open(LoggedIn.as(level, controller))) {
            socket.register(ADDRESS);
            await().until(() -> !socket.heard(ADDRESS).isEmpty());
            JsonObject first = socket.heard(ADDRESS).get(0);
            assertThat(first.getBoolean("whole")).isTrue();
            assertThat(names(first)).containsExactly("pi-001", "pi-002");

            controller.fleet().become(fleet -> fleet.with(ExampleNodes.reporting(2, "worker", NodeState.FAILED)));

            await().until(() -> changes(socket).size() == 1);
            assertThat(names(changes(socket).get(0))).containsExactly("pi-002");
            controller.fleet().become(fleet -> fleet.without(ExampleNodes.arrived(1)));
            await().until(() -> changes(socket).size() == 2);
            assertThat(changes(socket).get(1).getJsonArray("gone"))
                    .containsExactly(ExampleNodes.arrived(1).id());
        }
    }

    @Test
    void revisionsGoUpByOneSoThatWhoLostOneKnows() throws Exception {
        try (LiveSocket socket = open(LoggedIn.as(Level.VIEWER, controller))) {
            socket.register(ADDRESS);
            await().until(() -> !socket.heard(ADDRESS).isEmpty());
            controller.fleet().become(fleet -> fleet.with(ExampleNodes.arrived(3)));
            await().until(() -> changes(socket).size() == 1);
            controller.fleet().become(fleet -> fleet.with(ExampleNodes.arrived(4)));
            await().until(() -> changes(socket).size() == 2);

            List<Long> revisions = socket.heard(ADDRESS).stream()
                    .map(message -> message.getLong("revision"))
                    .filter(revision -> revision > socket.heard(ADDRESS).get(0).getLong("revision"))
                    .toList();
            long first = socket.heard(ADDRESS).get(0).getLong("revision");
            assertThat(revisions)
                    .isEqualTo(IntStream.rangeClosed(1, revisions.size())
                            .mapToObj(i -> first + i)
                            .toList());
        }
    }

    @Test
    void aThousandNodesThatChangeTenTimesAreToldAFewTimes() throws Exception {
        controller.fleet().become(fleet -> thousand(fleet, NodeState.CONVERGING));
        try (LiveSocket socket = open(LoggedIn.as(Level.VIEWER, controller))) {
            socket.register(ADDRESS);
            await().until(() -> !socket.heard(ADDRESS).isEmpty());

            for (int i = 0; i < 10; i++) {
                controller.fleet().become(fleet -> thousand(fleet, NodeState.CONVERGING));
            }
            controller.fleet().become(fleet -> thousand(fleet, NodeState.READY));

            await().until(() -> told(socket).size() == 1_000);
            assertThat(changes(socket).size()).isLessThanOrEqualTo(6);
        }
    }

    private static Fleet thousand(Fleet fleet, NodeState state) {
        return fleet.with(
                IntStream.rangeClosed(1, 1_000).mapToObj(n -> ExampleNodes.reporting(n, "worker", state)),
                node -> node);
    }

    private static Set<String> told(LiveSocket socket) {
        Set<String> names = new HashSet<>();
        changes(socket).forEach(change -> names.addAll(names(change)));
        return names;
    }

    @Test
    void itSpeaksAlsoWhenNothingHappens() throws Exception {
        try (LiveSocket socket = open(LoggedIn.as(Level.VIEWER, controller))) {
            socket.register(ADDRESS);

            await().until(() -> socket.heard(ADDRESS).size() >= 3);
            assertThat(names(socket.heard(ADDRESS).get(2))).isEmpty();
        }
    }

    @Test
    void nothingSecretIsTold() throws Exception {
        controller
                .fleet()
                .become(fleet ->
                        fleet.with(ExampleNodes.withSpec(ExampleNodes.reporting(2, "worker", NodeState.READY))));
        try (LiveSocket socket = open(LoggedIn.as(Level.ADMIN, controller))) {
            socket.register(ADDRESS);
            await().until(() -> !socket.heard(ADDRESS).isEmpty());

            assertThat(socket.heard(ADDRESS).toString()).contains("pi-002").doesNotContain("SECRET");
        }
    }

    @ParameterizedTest
    @EnumSource(Level.class)
    void noLevelHearsAnythingElse(Level level) throws Exception {
        try (LiveSocket socket = open(LoggedIn.as(level, controller))) {
            for (String address : List.of("", "swarmctl", "swarmctl.fleet2", "swarmctl.flee.", "*")) {
                socket.register(address);
            }
            await().until(() -> socket.messages().size() >= 1);
            assertThat(socket.messages()).allMatch(message -> "err".equals(message.getString("type")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"send", "publish"})
    void noLevelSaysAnything(String type) throws Exception {
        for (Level level : Level.values()) {
            try (LiveSocket socket = open(LoggedIn.as(level, controller))) {
                socket.send(JsonObject.of("type", type, "address", ADDRESS, "body", new JsonObject()));
                await().until(() -> !socket.messages().isEmpty());
                assertThat(socket.messages().get(0).getString("type")).isEqualTo("err");
            }
        }
    }

    @Test
    void withoutASessionThereIsNoLine() {
        assertThatThrownBy(() -> LiveSocket.open(controller, null, controller.url()))
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
        assertThatThrownBy(() -> LiveSocket.open(controller, "__Host-swarmctl=guess", controller.url()))
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
    }

    @Test
    void aPageOfAnotherOriginHasNoLine() {
        String cookie = LoggedIn.as(Level.ADMIN, controller).cookie();

        assertThatThrownBy(() -> LiveSocket.open(controller, cookie, "https://elsewhere.example"))
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
    }

    @Test
    void otherTransportsAreClosed() {
        LoggedIn admin = LoggedIn.as(Level.ADMIN, controller);
        TestClient client = new TestClient(controller);

        for (String path : List.of("xhr", "xhr_streaming", "xhr_send", "jsonp", "eventsource", "htmlfile")) {
            assertThat(client.fetch("/live/000/x/" + path, admin.cookie()).statusCode())
                    .as(path)
                    .isIn(404, 405);
        }
    }

    @Test
    void whoLogsOutHearsNoMore() throws Exception {
        LoggedIn browser = LoggedIn.as(Level.VIEWER, controller);
        try (LiveSocket socket = open(browser)) {
            socket.register(ADDRESS);
            await().until(() -> !socket.heard(ADDRESS).isEmpty());

            browser.ask("DELETE", "/session", null);

            await().until(socket::isClosed);
        }
    }

    @Test
    void aRevokedTokenHearsNoMore() throws Exception {
        try (LiveSocket socket = open(LoggedIn.as(Level.VIEWER, controller))) {
            socket.register(ADDRESS);
            await().until(() -> !socket.heard(ADDRESS).isEmpty());
            int before = socket.heard(ADDRESS).size();

            controller.revoke(Level.VIEWER);
            controller.fleet().become(fleet -> fleet.with(ExampleNodes.arrived(5)));

            await().until(socket::isClosed);
            assertThat(socket.heard(ADDRESS)).hasSize(before);
        }
    }

    private static List<JsonObject> changes(LiveSocket socket) {
        return socket.heard(ADDRESS).stream()
                .filter(message -> !message.getBoolean("whole"))
                .filter(message -> !message.getJsonArray("nodes").isEmpty()
                        || !message.getJsonArray("gone").isEmpty())
                .toList();
    }

    private static List<String> names(JsonObject message) {
        return message.getJsonArray("nodes").stream()
                .map(node -> ((JsonObject) node).getString("name"))
                .toList();
    }
}
