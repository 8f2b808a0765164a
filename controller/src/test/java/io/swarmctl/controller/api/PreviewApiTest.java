package io.swarmctl.controller.api;

import static io.swarmctl.controller.fleet.ExampleNodes.arrived;
import static io.swarmctl.controller.fleet.ExampleNodes.inSwarm;
import static io.swarmctl.controller.fleet.ExampleNodes.pending;
import static io.swarmctl.controller.fleet.ExampleNodes.reporting;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.wire.Membership;
import io.swarmctl.common.wire.NodeState;
import io.swarmctl.controller.api.Access.Level;
import io.swarmctl.controller.fleet.ExampleNodes;
import io.swarmctl.controller.fleet.Fleet;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a change would do is told by the same request, with {@code dryRun}, and not done. */
class PreviewApiTest {
    private TestController controller;
    private TestClient client;

    @BeforeEach
    void start() {
        Fleet fleet = ExampleNodes.fleet(
                inSwarm(1, Membership.MANAGER), reporting(2, null, NodeState.READY), arrived(3), pending(4));
        controller = new TestController(
                fleet.withConnected(Set.of(arrived(1).id(), arrived(2).id())), "localhost");
        client = new TestClient(controller);
    }

    @AfterEach
    void stop() {
        controller.close();
    }

    @Test
    void aRoleIsPreviewedWithQuorumAndActionsPerNode() {
        JsonObject answer = client.ask(
                Level.OPERATOR,
                "POST",
                "/roles/assign?dryRun=true",
                "{\"role\":\"manager\",\"nodes\":[\"pi-002\",\"pi-003\"]}");

        JsonObject preview = answer.getJsonObject("preview");
        assertThat(preview.getJsonObject("before").getMap())
                .containsEntry("managers", 1)
                .containsEntry("connected", 1)
                .containsEntry("needed", 1)
                .containsEntry("spare", 0);
        assertThat(preview.getJsonObject("after").getMap())
                .containsEntry("managers", 2)
                .containsEntry("connected", 2)
                .containsEntry("needed", 2)
                .containsEntry("spare", 0);
        JsonObject joining = preview.getJsonArray("nodes").getJsonObject(0);
        assertThat(joining.getString("name")).isEqualTo("pi-002");
        assertThat(joining.getString("roleAfter")).isEqualTo("manager");
        assertThat(joining.containsKey("roleBefore")).isFalse();
        assertThat(joining.getJsonArray("actions").encode())
                .contains("set-hostname")
                .contains("join the swarm as manager");
        assertThat(preview.getJsonArray("nodes").getJsonObject(1).getString("waitingFor"))
                .isEqualTo("its first report");
        assertThat(answer.getJsonArray("done")).containsExactly("pi-002 is to be manager", "pi-003 is to be manager");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /roles/assign?dryRun=true | {\"role\":\"worker\",\"nodes\":[\"pi-002\"]}",
                "POST | /roles/unassign?dryRun=true | {\"nodes\":[\"pi-001\"]}",
                "PUT | /roles/auto?dryRun=true | {\"managers\":1}",
                "DELETE | /roles/auto?dryRun=true |",
                "POST | /nodes/pi-004/approve?dryRun=true |",
                "POST | /nodes/pi-004/refuse?dryRun=true |",
                "POST | /nodes/pi-001/revoke?dryRun=true |",
                "DELETE | /nodes/pi-002?dryRun=true&force=true |",
                "PUT | /nodes/pi-001/name?dryRun=true | {\"name\":\"attic\"}",
                "POST | /node-changes?dryRun=true | {\"change\":\"forget\",\"nodes\":[\"pi-001\",\"pi-002\"]}"
            })
    void nothingIsChanged(String method, String path, String body) {
        Fleet before = controller.fleet().fleet();

        JsonObject answer = client.ask(Level.OPERATOR, method, path, body);

        assertThat(answer.containsKey("preview")).isTrue();
        assertThat(controller.fleet().fleet()).isEqualTo(before);
        assertThat(controller.fleet().events(10)).isEmpty();
    }

    @Test
    void whatCannotBeDoneIsRefusedInAdvance() {
        assertThat(client.send(
                                Level.OPERATOR,
                                "POST",
                                "/roles/assign?dryRun=true",
                                "{\"role\":\"worker\",\"nodes\":[\"pi-001\"]}")
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void severalNodesAreChangedAtOnceOrNoneOfThem() {
        assertThat(client.send(
                                Level.OPERATOR,
                                "POST",
                                "/node-changes",
                                "{\"change\":\"approve\",\"nodes\":[\"pi-004\",\"nobody\"]}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(controller.fleet().events(10)).isEmpty();

        JsonObject done = client.ask(
                Level.OPERATOR, "POST", "/node-changes", "{\"change\":\"approve\",\"nodes\":[\"pi-003\",\"pi-004\"]}");

        assertThat(done.getJsonArray("done")).containsExactly("pi-004 approved");
        assertThat(done.getJsonArray("nodes")).hasSize(2);
        assertThat(done.containsKey("preview")).isFalse();
    }
}
