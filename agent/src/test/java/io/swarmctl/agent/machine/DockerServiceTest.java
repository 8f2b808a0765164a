package io.swarmctl.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.common.wire.DockerFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DockerServiceTest {
    @TempDir
    private Path root;

    private FileTree tree;
    private FakePrograms programs;
    private DockerService service;
    private @Nullable FakeEngine engine;
    private final Lines output = new Lines();

    @BeforeEach
    void freshPi() {
        tree = FileTree.at(root);
        programs = new FakePrograms(tree);
        programs.systemd.whenDockerStarts = this::startEngine;
        service = new DockerService(
                tree.layout(),
                programs,
                new QuickTime().patience(),
                new DockerEngine(tree.layout().dockerSocket()));
    }

    private void startEngine() {
        try {
            engine = new FakeEngine(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void stopEngine() throws IOException {
        if (engine != null) {
            engine.close();
        }
    }

    @Test
    void isInstalledWhenItsProgramsAreThere() {
        assertThat(service.facts()).isEqualTo(new DockerFacts(false, false, ""));

        tree.write("usr/sbin/dockerd", "").write("usr/bin/docker", "");

        assertThat(service.facts()).isEqualTo(new DockerFacts(true, false, ""));
    }

    @Test
    void isInstalledWhereverItsProgramsAreWhenItAnswers() {
        startEngine();

        assertThat(service.facts()).isEqualTo(new DockerFacts(true, false, "20.10.24+dfsg1"));
    }

    @Test
    void isStartedAndEnabledAtBoot() throws MachineException {
        service.start(output);

        assertThat(service.facts()).isEqualTo(new DockerFacts(true, true, "20.10.24+dfsg1"));
    }

    @Test
    void aKernelWithoutLegacyTablesGetsTheOtherIptables() throws MachineException {
        tree.write("usr/sbin/iptables-nft", "");
        programs.systemd.nftHelps = true;
        programs.systemd.dockerFailsWith =
                "failed to start daemon: Error initializing network controller: iptables failed: modprobe: FATAL: Module"
                        + " ip_tables not found in directory /lib/modules/6.18.1";

        service.start(output);

        assertThat(service.facts().answers()).isTrue();
    }

    @Test
    void anEngineThatDoesNotStartSaysWhy() {
        programs.systemd.dockerFailsWith =
                "failed to start daemon: Devices cgroup isn't mounted\ndocker.service: Failed with result 'exit-code'.";

        assertThatThrownBy(() -> service.start(output))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("control groups are not set up");
        assertThat(output.text()).contains("Devices cgroup isn't mounted");
    }

    @Test
    void anEngineThatStartsAndNeverAnswersIsNotWaitedForForEver() {
        programs.systemd.whenDockerStarts = () -> {};

        assertThatThrownBy(() -> service.start(output))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("does not start");
    }
}
