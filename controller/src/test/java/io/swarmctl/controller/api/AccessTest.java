package io.swarmctl.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.wire.JoinTokens;
import io.swarmctl.common.wire.Membership;
import io.swarmctl.controller.api.Access.Level;
import io.swarmctl.controller.fleet.EnrolmentKey;
import io.swarmctl.controller.fleet.ExampleNodes;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.Policy;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route times every access level, from the API's own description. */
class AccessTest {
    private static TestController controller;
    private static TestClient client;

    @BeforeAll
    static void start() {
        controller = new TestController(fleetWithSecrets(), "localhost");
        client = new TestClient(controller);
    }

    private static Fleet fleetWithSecrets() {
        FleetNode node = ExampleNodes.withSpec(ExampleNodes.inSwarm(1, Membership.MANAGER));
        Policy initial = Policy.initial();
        Policy policy = new Policy(
                new Policy.User("pi", "SECRET-hash", List.of()),
                false,
                initial.approval(),
                initial.upgrade(),
                initial.docker(),
                initial.swarm(),
                initial.names(),
                null);
        EnrolmentKey key = new EnrolmentKey(
                "abc", "SECRET-key-hash", ExampleNodes.NOW, ExampleNodes.NOW.plusSeconds(60), 1, false);
        Fleet fleet = ExampleNodes.fleet(node);
        return fleet.with(policy)
                .with(key)
                .with(fleet.swarm()
                        .withTokens(new JoinTokens(ExampleNodes.CLUSTER, "SECRET-manager", "SECRET-worker")));
    }

    @AfterAll
    static void stop() {
        controller.close();
    }

    /** @param needs null when it is open to all */
    record Route(String method, String path, Level needs) {}

    static Stream<Route> routes() {
        JsonObject document = new JsonObject(OpenApi.load().text());
        JsonArray usual = document.getJsonArray("security");
        List<Route> routes = new ArrayList<>();
        for (String path : document.getJsonObject("paths").fieldNames()) {
            JsonObject operations = document.getJsonObject("paths").getJsonObject(path);
            operations.fieldNames().stream()
                    .filter(method -> !method.equals("parameters"))
                    .forEach(method -> routes.add(new Route(
                            method.toUpperCase(Locale.ROOT),
                            path.replace("{node}", "pi-001")
                                    .replace("{key}", "abc")
                                    .replace("{token}", "nobody"),
                            level(operations.getJsonObject(method).getJsonArray("security", usual)))));
        }
        return routes.stream();
    }

    private static Level level(JsonArray security) {
        return security.isEmpty()
                ? null
                : Level.valueOf(security.getJsonObject(0)
                        .getJsonArray("token")
                        .getString(0)
                        .toUpperCase(Locale.ROOT));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aRouteIsOpenToItsLevelAndAboveAndToNobodyElse(Route route) {
        int without = client.sendWith("", route.method(), route.path(), BodyPublishers.noBody(), "")
                .statusCode();
        if (route.needs() == null) {
            assertThat(without).isEqualTo(200);
            return;
        }
        assertThat(without).isEqualTo(401);
        List<Level> lower = Arrays.stream(Level.values())
                .filter(level -> !level.includes(route.needs()))
                .toList();
        for (Level level : lower) {
            assertThat(client.send(level, route.method(), route.path(), null).statusCode())
                    .as(level.name())
                    .isEqualTo(403);
        }
        assertThat(client.send(route.needs(), route.method(), route.path(), null)
                        .statusCode())
                .isNotIn(401, 403, 405, 500);
    }

    @Test
    void noAnswerHoldsASecret() {
        controller.fleet().become(fleet -> fleetWithSecrets());
        List<Route> reads =
                routes().filter(route -> route.method().equals("GET")).toList();

        for (Route route : reads) {
            HttpResponse<String> response = client.send(Level.ADMIN, "GET", route.path(), null);
            assertThat(response.statusCode()).as(route.path()).isEqualTo(200);
            assertThat(response.body()).as(route.path()).doesNotContain("SECRET");
        }
        String change = "{\"role\":\"manager\",\"nodes\":[\"pi-001\"]}";
        assertThat(client.ask(Level.ADMIN, "POST", "/roles/assign", change).encode())
                .doesNotContain("SECRET");
    }

    @Test
    void whatChangesSomethingIsNotForViewers() {
        assertThat(routes().filter(route -> !route.method().equals("GET")))
                .filteredOn(route -> route.needs() == null || route.needs() == Level.VIEWER)
                .extracting(Route::path)
                .containsExactly("/session", "/session", "/sessions", "/fleet/diff");
        assertThat(routes().filter(route -> route.needs() == null))
                .extracting(Route::path)
                .containsExactly("/openapi.json", "/ca");
    }

    @Test
    void crookedPathsOpenNothing() {
        for (String path : Set.of("/ca/../nodes", "//nodes", "/ca/%2e%2e/nodes", "/nodes/", "/CA", "/ca/")) {
            HttpResponse<String> response = client.sendWith("", "GET", path, BodyPublishers.noBody(), "");
            assertThat(response.statusCode()).as(path).isIn(400, 401, 404);
        }
    }
}
