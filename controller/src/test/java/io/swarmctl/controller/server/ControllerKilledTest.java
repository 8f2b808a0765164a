package io.swarmctl.controller.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.agent.link.ControllerAddress;
import io.swarmctl.agent.link.Enrolment;
import io.swarmctl.agent.link.FleetTls;
import io.swarmctl.common.trust.Certificates;
import io.swarmctl.common.trust.EcKeys;
import io.swarmctl.common.trust.FleetTrust;
import io.swarmctl.common.wire.EnrolmentAnswer;
import io.swarmctl.common.wire.EnrolmentRequest;
import io.swarmctl.controller.cli.Typist.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line was told is done is done, though the controller is killed in the next moment. */
class ControllerKilledTest {
    @TempDir
    Path directory;

    private Path home;
    private ControllerRun controller;

    @BeforeEach
    void start() throws Exception {
        home = Files.createDirectories(directory.resolve("home"));
        controller = ControllerRun.start(directory.resolve("data"));
    }

    @AfterEach
    void end() {
        controller.kill();
    }

    @Test
    void whatWasAcknowledgedIsThereAfterKill9() throws Exception {
        String key = done("enrolment", "create").strip();
        again();
        assertThat(done("enrolment", "list")).contains(key.substring(4, 12)).contains("usable");

        enrol(key);
        again();
        assertThat(done("nodes", "list")).contains("pi-001");

        done("roles", "assign", "manager", "pi-001");
        again();
        assertThat(done("roles", "list")).containsPattern("manager +manager +1 +pi-001");

        Path file = Files.writeString(home.resolve("fleet.yaml"), "version: 1\nssh: true\n");
        done("fleet", "apply", "-f", file.toString(), "--yes");
        done("nodes", "rename", "pi-001", "attic");
        again();
        assertThat(done("fleet", "export")).contains("ssh: true");
        assertThat(done("nodes", "list")).contains("attic");
    }

    private String done(String... words) {
        Result result = controller.typist(home).types(words);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.out();
    }

    private void again() throws Exception {
        controller.kill();
        controller = ControllerRun.start(controller.data());
    }

    private void enrol(String key) throws Exception {
        FleetTrust trust = new FleetTrust(
                Certificates.fromPem(Files.readString(controller.data().resolve("ca.crt"))), InstantSource.system());
        EnrolmentAnswer answer = new Enrolment(new FleetTls(trust), trust, new SecureRandom(), told -> {})
                .ask(
                        new ControllerAddress("127.0.0.1", controller.gatewayPort()),
                        new EnrolmentRequest(
                                "serial-1", "Raspberry Pi 3", 1 << 30, "10.0.0.1", "test", key, null, "nonce"),
                        EcKeys.generate());
        assertThat(answer.result()).isEqualTo(EnrolmentAnswer.Result.ENROLLED);
    }
}
