package io.swarmctl.controller.api;

import static io.swarmctl.controller.fleet.ExampleNodes.arrived;
import static io.swarmctl.controller.fleet.ExampleNodes.inSwarm;
import static io.swarmctl.controller.fleet.ExampleNodes.pending;
import static io.swarmctl.controller.fleet.ExampleNodes.reporting;
import static io.swarmctl.controller.fleet.ExampleNodes.withSpec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.swarmctl.common.wire.Membership;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.controller.api.Access.Level;
import io.swarmctl.controller.fleet.ExampleNodes;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.Gatherings;
import io.swarmctl.controller.fleet.LogLine;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiServerTest {
    private TestController controller;
    private TestClient client;

    @BeforeEach
    void start() {
        Fleet fleet = ExampleNodes.fleet(
                inSwarm(1, Membership.MANAGER),
                withSpec(reporting(2, "worker", NodeState.FAILED)),
                arrived(3),
                pending(4));
        controller = new TestController(
                fleet.withConnected(
                        Set.of(arrived(1).id(), arrived(2).id(), arrived(3).id())),
                "localhost");
        client = new TestClient(controller);
    }

    @AfterEach
    void stop() {
        controller.close();
    }

    @Test
    void nodesAreListedByNameWithTheirConditionAndAge() {
        JsonArray nodes = client.get(Level.VIEWER, "/nodes").getJsonArray("nodes");

        assertThat(nodes.stream().map(node -> (JsonObject) node))
                .extracting(node -> node.getString("name"), node -> node.getString("state"))
                .containsExactly(
                        tuple("pi-001", "ready"),
                        tuple("pi-002", "failed"),
                        tuple("pi-003", "new"),
                        tuple("pi-004", "pending"));
        assertThat(nodes.getJsonObject(0).getLong("seenAgeSeconds")).isEqualTo(3);
        assertThat(nodes.getJsonObject(2).containsKey("seenAt")).isFalse();
    }

    @Test
    void nodesAreInTheOrderInWhichPeopleCount() {
        controller
                .fleet()
                .become(fleet -> ExampleNodes.fleet(
                        arrived(1000), arrived(101), arrived(2), arrived(3).withName("attic")));

        assertThat(client.get(Level.VIEWER, "/nodes").getJsonArray("nodes").stream()
                        .map(node -> ((JsonObject) node).getString("name")))
                .containsExactly("attic", "pi-002", "pi-101", "pi-1000");
    }

    @Test
    void aNodeIsShownByNameAndById() {
        JsonObject node = client.get(Level.VIEWER, "/nodes/pi-002");

        assertThat(node.getJsonObject("facts").getString("docker")).isEqualTo("20.10.24");
        assertThat(node.getJsonArray("outcomes").getJsonObject(0).getString("problem"))
                .isEqualTo("dpkg ended with 100");
        assertThat(client.get(Level.VIEWER, "/nodes/" + arrived(2).id()).getJsonObject("node"))
                .isEqualTo(node.getJsonObject("node"));
    }

    @Test
    void aPlanIsTitlesAndTypesAndNothingSealed() {
        JsonObject plan = client.get(Level.VIEWER, "/nodes/pi-002/plan");

        assertThat(plan.getJsonArray("actions").stream().map(step -> ((JsonObject) step).getString("type")))
                .contains("set-password", "set-hostname", "join-swarm");
        assertThat(plan.getLong("factsAgeSeconds")).isEqualTo(3);
    }

    @Test
    void whoHasNoSpecHasNoPlan() {
        HttpResponse<String> response = client.send(Level.VIEWER, "GET", "/nodes/pi-003/plan", null);

        assertThat(response.statusCode()).isEqualTo(409);
    }

    @Test
    void aNodeIsRenamedApprovedAndRemovedAndItIsToldWhoDidIt() {
        assertThat(client.ask(Level.OPERATOR, "PUT", "/nodes/pi-003/name", "{\"name\":\"attic\"}")
                        .getJsonArray("nodes")
                        .getJsonObject(0)
                        .getString("name"))
                .isEqualTo("attic");
        client.ask(Level.OPERATOR, "POST", "/nodes/pi-004/approve", null);
        JsonObject removed = client.ask(Level.ADMIN, "DELETE", "/nodes/attic", null);
        client.ask(Level.ADMIN, "DELETE", "/nodes/pi-001?force=true", null);

        assertThat(removed.getJsonArray("done")).containsExactly("attic removed");
        assertThat(controller.fleet().fleet().nodes().values())
                .extracting(FleetNode::name)
                .containsExactly("pi-002", "pi-004");
        assertThat(client.get(Level.VIEWER, "/events").getJsonArray("events").stream()
                        .map(event -> ((JsonObject) event).getString("actor")))
                .containsExactly("admin", "admin", "operator", "operator");
    }

    @Test
    void rolesAreAssignedAndTheStandingRuleIsSet() {
        JsonObject assigned =
                client.ask(Level.OPERATOR, "POST", "/roles/assign", "{\"role\":\"worker\",\"allUnassigned\":true}");
        JsonObject ruled = client.ask(Level.OPERATOR, "PUT", "/roles/auto", "{\"managers\":2}");

        assertThat(assigned.getJsonArray("done")).containsExactly("pi-003 is to be worker");
        assertThat(ruled.getJsonArray("warnings")).hasSize(1);
        assertThat(client.get(Level.VIEWER, "/roles").getJsonObject("auto").getInteger("settleSeconds"))
                .isEqualTo(30);
        client.ask(Level.OPERATOR, "DELETE", "/roles/auto", null);
        client.ask(Level.OPERATOR, "POST", "/roles/unassign", "{\"nodes\":[\"pi-003\"]}");
        assertThat(client.get(Level.VIEWER, "/roles").getJsonArray("unassigned"))
                .containsExactly("pi-003");
    }

    @Test
    void aKeysTextIsToldOnce() {
        JsonObject created =
                client.ask(Level.ADMIN, "POST", "/enrolment-keys", "{\"expiresInSeconds\":3600,\"uses\":3}");
        String text = created.getString("text");
        String id = created.getJsonObject("key").getString("id");

        assertThat(text).startsWith("swk_" + id + "_");
        String listed = client.send(Level.ADMIN, "GET", "/enrolment-keys", null).body();
        assertThat(listed).contains(id).doesNotContain(text.substring(13));
        client.ask(Level.ADMIN, "DELETE", "/enrolment-keys/" + id, null);
        assertThat(client.get(Level.ADMIN, "/enrolment-keys")
                        .getJsonArray("keys")
                        .getJsonObject(0)
                        .getString("state"))
                .isEqualTo("revoked");
    }

    @Test
    void dockersPackagesAreGatheredForNodesThatAreToCome() {
        controller.fleet().become(current -> current.withGatherings(Gatherings.BEGUN));
        JsonObject cache = client.ask(
                Level.OPERATOR, "POST", "/cache/docker", "{\"release\":\"trixie\",\"architecture\":\"arm64\"}");
        assertThat(cache.getJsonArray("docker").encode())
                .isEqualTo("[{\"release\":\"trixie\",\"architecture\":\"arm64\",\"state\":\"coming\"}]");
    }

    @Test
    void aFleetFileIsComparedAppliedAndExported() {
        JsonObject dry = client.yaml(Level.ADMIN, "PUT", "/fleet?dryRun=true", "ssh: true");
        assertThat(client.send(Level.VIEWER, "GET", "/fleet", null).body()).isEqualTo("ssh: false\n");
        JsonObject applied = client.yaml(Level.ADMIN, "PUT", "/fleet", "ssh: true");
        JsonObject again = client.yaml(Level.VIEWER, "POST", "/fleet/diff", "ssh: true");

        assertThat(dry.getJsonArray("changes")).containsExactly("ssh: false -> true");
        assertThat(dry.getBoolean("applied")).isFalse();
        assertThat(applied.getJsonArray("changes")).isEqualTo(dry.getJsonArray("changes"));
        assertThat(again.getJsonArray("changes")).isEmpty();
        assertThat(client.send(Level.VIEWER, "GET", "/fleet", null).body()).isEqualTo("ssh: true\n");
    }

    @Test
    void aWrongFleetFileSaysWhereItIsWrong() {
        HttpResponse<String> response = client.sendYaml(Level.ADMIN, "PUT", "/fleet", "shh: true");

        assertThat(response.statusCode()).isEqualTo(422);
        JsonObject problem = new JsonObject(response.body());
        assertThat(problem.getJsonArray("problems").getJsonObject(0).getInteger("line"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /nodes/pi-0O1 | | 404 | did you mean pi-001?",
                "GET | /nodes/pi-001/log?limit=0 | | 400 |",
                "GET | /nodes/pi-001/log?wait=soon | | 400 |",
                "POST | /roles/assign | {\"role\":\"worker\"} | 400 | send one of the two",
                "POST | /roles/assign | {\"roles\":\"worker\"} | 400 |",
                "POST | /roles/assign | {\"role\":  | 400 |",
                "POST | /roles/assign | | 400 |",
                "POST | /roles/assign | {\"role\":\"mangaer\",\"nodes\":[\"pi-003\"]} | 404 | did you mean manager?",
                "POST | /roles/assign | {\"role\":\"worker\",\"nodes\":[\"pi-001\"]} | 409 |",
                "PUT | /roles/auto | {\"managers\":8} | 400 |",
                "GET | /nothing | | 404 |",
                "POST | /nodes | {} | 405 |",
                "DELETE | /enrolment-keys/nosuch | | 404 |"
            })
    void whatCannotBeDoneIsAProblemWithARemedy(String method, String path, String body, int status, String remedy) {
        HttpResponse<String> response = client.send(Level.ADMIN, method, path, body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonObject problem = new JsonObject(response.body());
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(problem.getString("detail")).isNotBlank();
        assertThat(problem.getString("remedy")).isEqualTo(remedy == null ? problem.getString("remedy") : remedy);
    }

    @Test
    void aBrokenStoreIsSaidToBeBrokenAndNothingMore() {
        controller.fleet().breakDisk();

        HttpResponse<String> response = client.send(Level.ADMIN, "POST", "/nodes/pi-004/approve", null);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).doesNotContain("Exception").doesNotContain("disk full");
    }

    @Test
    void tooMuchIsRefused() {
        HttpResponse<String> response = client.sendYaml(Level.ADMIN, "PUT", "/fleet", "x".repeat(2 << 20));

        assertThat(response.statusCode()).isEqualTo(413);
    }

    @Test
    void theLogIsReadInPiecesAndWaitedFor() {
        String id = arrived(1).id();
        controller.fleet().appendLog(List.of(line(id, "one"), line(arrived(2).id(), "other"), line(id, "two")));

        JsonObject first = client.get(Level.VIEWER, "/nodes/pi-001/log?limit=1");
        JsonObject second = client.get(Level.VIEWER, "/nodes/pi-001/log?after=" + first.getLong("next"));
        assertThat(first.getJsonArray("lines").getJsonObject(0).getString("text"))
                .isEqualTo("one");
        assertThat(second.getJsonArray("lines").getJsonObject(0).getString("text"))
                .isEqualTo("two");

        CompletableFuture<JsonObject> waiting = CompletableFuture.supplyAsync(
                () -> client.get(Level.VIEWER, "/nodes/pi-001/log?wait=20&after=" + second.getLong("next")));
        controller.fleet().appendLog(List.of(line(id, "three")));
        assertThat(waiting.orTimeout(10, java.util.concurrent.TimeUnit.SECONDS)
                        .join()
                        .getJsonArray("lines")
                        .getJsonObject(0)
                        .getString("text"))
                .isEqualTo("three");
    }

    private static LogLine line(String nodeId, String text) {
        return new LogLine(0, nodeId, ExampleNodes.NOW, "install Docker", text);
    }

    @Test
    void statusTellsHowTheFleetStands() {
        JsonObject status = client.get(Level.VIEWER, "/status");

        assertThat(status.getBoolean("ready")).isFalse();
        assertThat(status.getJsonObject("states").getMap())
                .isEqualTo(Map.of("ready", 1, "failed", 1, "new", 1, "pending", 1));
        assertThat(status.getJsonObject("swarm").getString("leader")).isEqualTo("pi-001");
        assertThat(status.getJsonObject("swarm").getInteger("workersReady")).isEqualTo(1);
    }

    @Test
    void aFleetWhereEveryNodeIsReadyIsReady() {
        controller
                .fleet()
                .become(fleet -> ExampleNodes.fleet(inSwarm(1, Membership.MANAGER), inSwarm(2, Membership.WORKER))
                        .withConnected(new TreeSet<>(
                                List.of(arrived(1).id(), arrived(2).id()))));
        assertThat(client.get(Level.VIEWER, "/status").getBoolean("ready")).isTrue();

        controller.fleet().become(fleet -> fleet.withConnected(Set.of(arrived(1).id())));
        assertThat(client.get(Level.VIEWER, "/status").getBoolean("ready")).isFalse();
    }

    @Test
    void metricsAreForWhoeverHasAToken() {
        String viewer = TestController.TOKENS.get(Level.VIEWER);

        assertThat(client.fetch("/metrics").statusCode()).isEqualTo(401);
        HttpResponse<String> metrics =
                client.exchange(client.page("/metrics").header("Authorization", "Bearer " + viewer));
        assertThat(metrics.body()).isEqualTo("swarmctl_nodes 1\n");
        assertThat(metrics.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
    }

    @Test
    void wrongTokensAreSlowedDown() {
        for (int i = 0; i < WrongTokens.ALLOWED; i++) {
            assertThat(client.sendWith("wrong-" + i, "GET", "/nodes", BodyPublishers.noBody(), "")
                            .statusCode())
                    .isEqualTo(401);
        }
        HttpResponse<String> response = client.sendWith("wrong", "GET", "/nodes", BodyPublishers.noBody(), "");

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void theWelcomePageSaysWhatToTypeAndRunsNothing() {
        HttpResponse<String> page = client.fetch("/welcome");

        assertThat(page.body()).contains("swarmctl login https://localhost:" + controller.port());
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; style-src 'sha256-")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }
}
