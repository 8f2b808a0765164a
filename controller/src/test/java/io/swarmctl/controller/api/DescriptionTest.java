package io.swarmctl.controller.api;

import static io.swarmctl.controller.fleet.ExampleNodes.arrived;
import static io.swarmctl.controller.fleet.ExampleNodes.inSwarm;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.wire.Membership;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.controller.api.Access.Level;
import io.swarmctl.controller.fleet.EnrolmentKey;
import io.swarmctl.controller.fleet.ExampleNodes;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.LogLine;
import io.swarmctl.controller.fleet.Policy;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers are what the API's description says they are. */
class DescriptionTest {
    private static TestController controller;
    private static TestClient client;

    @BeforeAll
    static void start() {
        EnrolmentKey key =
                new EnrolmentKey("abc", "hash", ExampleNodes.NOW, ExampleNodes.NOW.plusSeconds(60), 1, false);
        controller = new TestController(
                ExampleNodes.fleet(
                                ExampleNodes.withSpec(inSwarm(1, Membership.MANAGER))
                                        .withCandidate(new FleetNode.Candidate(
                                                "{}", "pi-001 is connected", "10.0.0.9", ExampleNodes.NOW, true)),
                                ExampleNodes.reporting(2, "worker", NodeState.FAILED),
                                ExampleNodes.pending(3),
                                ExampleNodes.pending(4))
                        .with(key)
                        .with(Policy.initial().withAuto(new Policy.Auto(1, 30))),
                "localhost");
        controller.fleet().appendLog(List.of(new LogLine(0, arrived(1).id(), ExampleNodes.NOW, "a", "b")));
        client = new TestClient(controller);
        client.ask(Level.ADMIN, "POST", "/nodes/pi-003/approve", null);
    }

    @AfterAll
    static void stop() {
        controller.close();
    }

    static Stream<String> reads() {
        JsonObject paths = new JsonObject(OpenApi.load().text()).getJsonObject("paths");
        return paths.fieldNames().stream()
                .filter(path -> paths.getJsonObject(path).containsKey("get"))
                .filter(path -> schema(path, "get") != null);
    }

    private static JsonObject schema(String path, String method) {
        JsonObject document = new JsonObject(OpenApi.load().text());
        JsonObject response = document.getJsonObject("paths")
                .getJsonObject(path)
                .getJsonObject(method)
                .getJsonObject("responses")
                .getJsonObject("200");
        if (response.containsKey("$ref")) {
            response = document.getJsonObject("components")
                    .getJsonObject("responses")
                    .getJsonObject(response.getString("$ref").replaceAll(".*/", ""));
        }
        JsonObject json = response.getJsonObject("content").getJsonObject("application/json");
        return json == null
                ? null
                : json.getJsonObject("schema").copy().put("components", document.getJsonObject("components"));
    }

    @ParameterizedTest
    @MethodSource("reads")
    void whatIsReadIsAsDescribed(String path) {
        assertDescribed(schema(path, "get"), client.get(Level.ADMIN, path.replace("{node}", "pi-001")));
    }

    @ParameterizedTest
    @CsvSource({
        "/nodes/{node}/approve, pi-003, post, ''",
        "/nodes/{node}/refuse, pi-004, post, ''",
        "/node-changes?dryRun=true, '', post, '{\"change\":\"revoke\",\"nodes\":[\"pi-001\",\"pi-002\"]}'",
        "/roles/unassign, pi-003, post, {\"nodes\":[\"pi-003\"]}"
    })
    void whatAChangeAnswersIsAsDescribed(String path, String node, String method, String body) {
        JsonObject answer = client.ask(
                Level.ADMIN,
                method.toUpperCase(java.util.Locale.ROOT),
                path.replace("{node}", node),
                body.isEmpty() ? null : body);

        assertDescribed(schema(path.replaceAll("\\?.*", ""), method), answer);
    }

    @Test
    void aPreviewIsAsDescribed() {
        controller.fleet().become(fleet -> fleet.withConnected(Set.of(arrived(1).id())));
        assertDescribed(
                schema("/swarm/recovery/preview", "post"),
                client.ask(Level.OPERATOR, "POST", "/swarm/recovery/preview", "{}"));
    }

    @ParameterizedTest
    @CsvSource({"/nodes/nobody", "/nothing", "/nodes/pi-003/plan"})
    void aProblemIsAsDescribed(String path) {
        JsonObject components = new JsonObject(OpenApi.load().text()).getJsonObject("components");
        HttpResponse<String> response = client.send(Level.ADMIN, "GET", path, null);

        assertDescribed(
                components.getJsonObject("schemas").getJsonObject("Problem").copy(), new JsonObject(response.body()));
    }

    @Test
    void somethingElseIsNot() {
        JsonObject nodes = client.get(Level.ADMIN, "/nodes");
        nodes.getJsonArray("nodes").getJsonObject(0).put("state", "unheard-of");

        assertThat(check(schema("/nodes", "get"), nodes).getValid()).isFalse();
    }

    private static void assertDescribed(JsonObject schema, JsonObject answer) {
        OutputUnit result = check(schema, answer);

        assertThat(result.getErrors() == null ? List.of() : result.getErrors())
                .as(answer.encodePrettily())
                .isEmpty();
        assertThat(result.getValid()).isTrue();
    }

    private static OutputUnit check(JsonObject schema, JsonObject answer) {
        return Validator.create(
                        JsonSchema.of(schema),
                        new JsonSchemaOptions()
                                .setBaseUri("app://swarmctl/")
                                .setDraft(Draft.DRAFT202012)
                                .setOutputFormat(OutputFormat.Basic))
                .validate(answer);
    }
}
