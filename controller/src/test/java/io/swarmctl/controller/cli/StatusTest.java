package io.swarmctl.controller.cli;

import static io.swarmctl.controller.fleet.ExampleNodes.inSwarm;
import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.wire.Membership;
import io.swarmctl.controller.api.Access;
import io.swarmctl.controller.api.TestController;
import io.swarmctl.controller.cli.Typist.Result;
import io.swarmctl.controller.fleet.ExampleNodes;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How things stand, and waiting until they stand well. */
class StatusTest {
    @RegisterExtension
    final Desk desk = new Desk();

    @Test
    void statusSaysHowTheFleetStandsAndWhatToDo() {
        Result status = desk.typist().types("status");

        assertThat(status.exitCode()).isZero();
        assertThat(status.out())
                .contains("controller  " + desk.url() + ", version 1.2.3 (context rack)")
                .contains("4 nodes (")
                .contains("1 of 1 manager reachable")
                .contains("approve it: swarmctl nodes approve pi-004")
                .endsWith("not ready\n");
    }

    @Test
    void waitingEndsWhenTheFleetIsReady() {
        desk.typist()
                .pausing(time -> desk.fleet()
                        .become(fleet -> Desk.connected(
                                ExampleNodes.fleet(inSwarm(1, Membership.MANAGER), inSwarm(2, Membership.WORKER)))));

        Result status = desk.typist().types("status", "--wait", "--nodes", "2");

        assertThat(status.exitCode()).isZero();
        assertThat(status.err().lines()).hasSize(2).last().asString().endsWith("2 of 2 nodes ready");
        assertThat(status.out()).endsWith("ready\n");
    }

    @Test
    void waitingTooLongIsExitCode3() {
        Result status = desk.typist().types("status", "--wait", "--timeout", "2s", "-o", "json");

        assertThat(status.exitCode()).isEqualTo(3);
        assertThat(new JsonObject(status.out()).getBoolean("ready")).isFalse();
        assertThat(status.err()).contains("not ready within 2 s");
    }

    @Test
    void versionsAreThoseOfBothSides() {
        assertThat(new JsonObject(desk.typist().types("version", "-o", "json").out()).getString("controller"))
                .isEqualTo("1.2.3");
    }

    @Test
    void theTokenIsNeverPrinted() throws IOException {
        String token = TestController.TOKENS.get(Access.Level.ADMIN);

        for (String[] command : new String[][] {{"status"}, {"context", "list"}, {"nodes", "list", "-o", "json"}}) {
            assertThat(desk.typist().types(command).all()).doesNotContain(token);
        }
        assertThat(Files.getPosixFilePermissions(desk.home().resolve(".config/swarmctl/contexts.json")))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }
}
