package io.swarmctl.controller.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.swarmctl.agent.Configuration;
import io.swarmctl.controller.simulate.SimulatedMachine.Setting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A card that was made with a wrong address for the controller, and somebody who has the card and nothing else. */
class WrongAddressTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SERIAL = "serial-1";

    @TempDir
    private Path directory;

    private TestFleet fleet;
    private SomeAgents agents;
    private Path boot;
    private Path configuration;

    @BeforeEach
    void start() throws Exception {
        fleet = new TestFleet(directory.resolve("fleet"));
        agents = new SomeAgents(directory);
        boot = Files.createDirectory(directory.resolve("boot"));
        Path key = Files.writeString(directory.resolve("enrolment.key"), fleet.enrolmentKey(1));
        configuration = Files.writeString(
                directory.resolve("agent.conf"),
                String.join(
                        "\n",
                        "controllers=127.0.0.1:" + portOfNobody(),
                        "mdns=false",
                        "ca-file=" + fleet.caFile(),
                        "enrolment-key-file=" + key,
                        "state-directory=" + directory.resolve("state"),
                        "device-tree=" + directory,
                        "boot-partition=" + boot,
                        ""));
    }

    @AfterEach
    void stop() throws Exception {
        agents.close();
        fleet.close();
    }

    @Test
    void theCardSaysSoAndACorrectedFileHealsIt() throws Exception {
        boot();
        await().atMost(SOON).until(() -> status().contains("refuses the connection: no controller runs there"));
        assertThat(status()).contains(SERIAL, "put a file swarm-agent.conf beside this one");
        agents.halt(SERIAL);

        correct("controllers=http://127.0.0.1\r\n");
        boot();
        await().atMost(SOON)
                .until(() -> status().contains("swarm-agent.conf is not taken: line 1: 'http://127.0.0.1'"));
        agents.halt(SERIAL);

        correct("\uFEFFControllers = 127.0.0.1:" + fleet.gatewayPort() + "\r\n");
        boot();
        await().atMost(SOON).until(() -> fleet.fleet().enrolled().size() == 1);
        await().atMost(SOON).until(() -> status().startsWith("This board reached its controller"));
        assertThat(boot.resolve("swarm-agent.conf.taken")).exists();
        assertThat(boot.resolve("swarm-agent.conf")).doesNotExist();
        assertThat(Configuration.read(configuration).controllers()).containsExactly("127.0.0.1:" + fleet.gatewayPort());
    }

    private void boot() throws IOException {
        agents.boot(SERIAL, Configuration.read(configuration), Setting.USUAL, InstantSource.system());
    }

    private void correct(String text) throws IOException {
        Files.writeString(boot.resolve("swarm-agent.conf"), text);
    }

    private String status() throws IOException {
        Path file = boot.resolve("swarm-agent-status.txt");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private static int portOfNobody() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return taken.getLocalPort();
        }
    }
}
