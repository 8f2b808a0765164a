package io.swarmctl.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.controller.cli.Typist.Result;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The fleet's policy, and keys. */
class FleetFileTest {
    @RegisterExtension
    final Desk desk = new Desk();

    @Test
    void aScriptTakesTheKeyFromTheOutput() {
        Result created = desk.typist().types("enrolment", "create", "--expires", "7d", "--uses", "2");
        String id = created.out().substring(4, 12);

        assertThat(created.out()).matches("swk_[0-9a-z]{8}_[0-9a-z]{32}\n");
        assertThat(created.err()).contains("2 nodes within 7 d");
        assertThat(desk.typist().types("enrolment", "list").out()).contains(id).contains("usable");
        assertThat(desk.typist().types("enrolment", "revoke", id).exitCode()).isZero();
        assertThat(new JsonObject(desk.typist()
                                .types("enrolment", "create", "-o", "json")
                                .out())
                        .getString("text"))
                .startsWith("swk_");
    }

    @Test
    void aFleetFileIsExportedComparedAndApplied() throws IOException {
        Path file = desk.home().resolve("fleet.yaml");
        Files.writeString(file, desk.typist().types("fleet", "export").out());
        assertThat(desk.typist().types("fleet", "diff", "-f", file.toString()).exitCode())
                .isZero();
        Files.writeString(file, "ssh: true");
        Result diff = desk.typist().types("fleet", "diff", "-f", file.toString());
        assertThat(diff.exitCode()).isEqualTo(3);
        assertThat(diff.out()).isEqualTo("ssh: false -> true\n");
        assertThat(desk.typist().types("fleet", "apply", "-f", file.toString()).exitCode())
                .isEqualTo(2);
        assertThat(desk.typist()
                        .types("fleet", "apply", "-f", file.toString(), "--yes")
                        .out())
                .isEqualTo("ssh: false -> true\napplied\n");
        assertThat(desk.typist().types("fleet", "apply", "-f", file.toString()).out())
                .isEqualTo("nothing to change\n");
        assertThat(desk.typist()
                        .piping("ssh: false")
                        .types("fleet", "apply", "-f", "-", "-y")
                        .exitCode())
                .isZero();
    }

    @Test
    void atATerminalApplyAsks() throws IOException {
        Path file = desk.home().resolve("fleet.yaml");
        Files.writeString(file, "ssh: true");

        assertThat(desk.typist()
                        .answering("no")
                        .types("fleet", "apply", "-f", file.toString())
                        .exitCode())
                .isEqualTo(1);
        assertThat(desk.fleet().fleet().policy().ssh()).isFalse();
        assertThat(desk.typist()
                        .answering("y")
                        .types("fleet", "apply", "-f", file.toString())
                        .exitCode())
                .isZero();
        assertThat(desk.fleet().fleet().policy().ssh()).isTrue();
    }

    @Test
    void aWrongFleetFileSaysLineColumnAndRemedy() throws IOException {
        Path file = desk.home().resolve("fleet.yaml");
        Files.writeString(file, "shh: true");

        assertThat(desk.typist().types("fleet", "diff", "-f", file.toString()).err())
                .contains("line 1, column 1: unknown field (did you mean ssh?)");
    }
}
