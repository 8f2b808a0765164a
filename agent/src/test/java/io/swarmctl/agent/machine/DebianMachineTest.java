package io.swarmctl.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.plan.Plan;
import io.swarmctl.common.plan.Planner;
import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.DockerSource;
import io.swarmctl.common.wire.DockerSpec;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.Fingerprint;
import io.swarmctl.common.wire.Membership;
import io.swarmctl.common.wire.NodeSpec;
import io.swarmctl.common.wire.SwarmOrigin;
import io.swarmctl.common.wire.SwarmSpec;
import io.swarmctl.common.wire.SwarmTarget;
import io.swarmctl.common.wire.Upgrade;
import io.swarmctl.common.wire.UserSpec;
import io.swarmctl.common.wire.WireJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DebianMachineTest {
    private static final String HASH = "$y$j9T$EEtBf5cBcVQkFJkTrGuTt/$9wK1BlIxn1zbYjcCsDR0CvJqWlZ4bTtnSg7NLZz4Wg5";
    private static final String TOKEN = "SWMTKN-1-secret-token";
    private static final UserSpec ADA =
            new UserSpec("ada", "any", Fingerprint.of(HASH), List.of("ssh-ed25519 AAAA ada@example"));

    @TempDir
    private Path root;

    private FileTree tree;
    private FakePrograms programs;
    private DebianMachine machine;
    private @Nullable FakeEngine engine;
    private final Lines output = new Lines();

    @BeforeEach
    void freshPi() {
        tree = FileTree.at(root);
        programs = new FakePrograms(tree);
        programs.apt.whenInstalled = () -> tree.write("usr/sbin/dockerd", "").write("usr/bin/docker", "");
        programs.systemd.whenDockerStarts = this::startEngine;
        QuickTime time = new QuickTime();
        SealedTexts sealedTexts = text -> text.equals("sealed token") ? TOKEN : HASH;
        FakeNetwork network = new FakeNetwork().with("eth0", "192.168.1.20");
        machine = new DebianMachine(
                programs, root, Concerns.of(tree.layout(), programs, network, sealedTexts, time, time.patience()));
    }

    private void startEngine() {
        try {
            engine = new FakeEngine(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void stop() throws IOException {
        if (engine != null) {
            engine.close();
        }
    }

    private static NodeSpec spec(SwarmTarget target) {
        return new NodeSpec(
                "00000000765fc593",
                1,
                1,
                "pi-001",
                "manager",
                ADA,
                List.of("pi"),
                true,
                Upgrade.FULL,
                new DockerSpec(DockerSource.DEBIAN, ""),
                new SwarmSpec("fleet-1", List.of(), SwarmOrigin.NONE, null, target),
                "");
    }

    /** As the converger does: the first action of a plan, then a new plan. */
    private List<String> converge(NodeSpec spec) throws MachineException {
        List<String> applied = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Plan plan = Planner.plan(machine.facts(), spec);
            if (plan.converged()) {
                return applied;
            }
            if (plan.actions().isEmpty()) {
                machine.reboot();
                applied.add("reboot");
                tree.write("proc/cmdline", tree.read("boot/firmware/cmdline.txt"));
                tree.write("sys/fs/cgroup/cgroup.controllers", "cpuset cpu io memory pids\n");
                tree.edit("proc/sys/kernel/random/boot_id", id -> "after-" + id);
                continue;
            }
            Action action = plan.actions().get(0);
            assertThat(applied).as("actions that hold").doesNotContain(action.title());
            applied.add(action.title());
            machine.apply(action, output);
        }
        throw new AssertionError("never converged: " + applied);
    }

    @Test
    void aBlankPiBecomesTheFounderAndStaysAsItIs() throws MachineException {
        programs.apt.upgradable = 5;
        NodeSpec founder = spec(new SwarmTarget.Found(1, List.of("10.200.0.0/16"), 24));

        assertThat(converge(founder))
                .containsExactly(
                        "create user ada",
                        "set the password of ada",
                        "give ada 1 SSH key",
                        "add ada to group sudo",
                        "open SSH",
                        "set hostname pi-001",
                        "refresh the package index",
                        "upgrade packages",
                        "enable memory cgroups",
                        "reboot",
                        "install Docker",
                        "add ada to group docker",
                        "start Docker and enable it at boot",
                        "found the swarm");
        assertThat(converge(founder)).isEmpty();
        assertThat(machine.joinTokens()).isPresent();
    }

    @Test
    void aBlankPiBecomesAWorker() throws MachineException {
        NodeSpec worker = spec(new SwarmTarget.Join(
                Membership.WORKER, FakeEngine.CLUSTER, List.of("10.77.0.12:2377"), "sealed token"));

        assertThat(converge(worker)).contains("join the swarm as worker").doesNotContain("found the swarm");
        assertThat(converge(worker)).isEmpty();
        assertThat(machine.joinTokens()).isEmpty();
    }

    @Test
    void anInterruptedDpkgIsRepairedFirstAndTheOpenAccountIsLocked() throws MachineException {
        tree.write("var/lib/dpkg/updates/0001", "").edit("etc/shadow", text -> text.replace("pi:!:", "pi::"));

        assertThat(converge(spec(new SwarmTarget.Outside())))
                .startsWith("lock the password of pi")
                .containsSubsequence("repair interrupted packages", "refresh the package index");
    }

    @Test
    void noSecretIsSeenByAnybody() throws Exception {
        converge(spec(new SwarmTarget.Join(
                Membership.WORKER, FakeEngine.CLUSTER, List.of("10.77.0.12:2377"), "sealed token")));

        String seen =
                String.join("\n", programs.visible) + output.text() + WireJson.write(machine.facts(), Facts.class);
        assertThat(seen).doesNotContain(HASH).doesNotContain(TOKEN);
    }

    @Test
    void everyKindOfActionIsCarriedOutBySomebody() {
        QuickTime time = new QuickTime();
        Appliers appliers =
                new Appliers(Concerns.of(tree.layout(), programs, new FakeNetwork(), any -> "", time, time.patience()));

        assertThat(appliers.kinds())
                .extracting(Class::getName)
                .containsExactlyInAnyOrderElementsOf(List.of(Action.class.getPermittedSubclasses()).stream()
                        .map(Class::getName)
                        .toList());
    }
}
