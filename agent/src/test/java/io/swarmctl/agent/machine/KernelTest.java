package io.swarmctl.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.common.wire.MemoryCgroup;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KernelTest {
    @TempDir
    private Path root;

    private FileTree tree;
    private Kernel kernel;

    @BeforeEach
    void freshPi() {
        tree = FileTree.at(root);
        kernel = new Kernel(tree.layout());
    }

    private void boot(String commandLine) {
        tree.write("proc/cmdline", commandLine);
        tree.edit("proc/sys/kernel/random/boot_id", id -> "after-" + id);
    }

    @Test
    void aFreshPiDoesNotAskForMemoryCgroups() throws MachineException {
        assertThat(kernel.memoryCgroup()).isEqualTo(MemoryCgroup.NOT_ASKED_FOR);
    }

    @Test
    void theyAreAvailableInEitherGenerationOfControlGroups() throws MachineException {
        tree.write("sys/fs/cgroup/cgroup.controllers", "cpuset cpu io memory pids\n");
        assertThat(kernel.memoryCgroup()).isEqualTo(MemoryCgroup.AVAILABLE);

        tree.delete("sys/fs/cgroup/cgroup.controllers")
                .write("proc/cgroups", "#subsys_name\thierarchy\tnum_cgroups\tenabled\nmemory\t4\t16\t1\n");
        assertThat(kernel.memoryCgroup()).isEqualTo(MemoryCgroup.AVAILABLE);
    }

    @Test
    void askingKeepsTheOneLineAndTakesEffectAtBoot() throws MachineException {
        kernel.askForMemoryCgroup(new Lines());

        assertThat(tree.read("boot/firmware/cmdline.txt"))
                .isEqualTo("console=tty1 root=PARTUUID=bc1e7a2a-02 rootwait cgroup_enable=memory\n");
        assertThat(kernel.memoryCgroup()).isEqualTo(MemoryCgroup.AFTER_REBOOT);
    }

    @Test
    void askingTwiceChangesNothing() throws MachineException {
        kernel.askForMemoryCgroup(new Lines());
        String before = tree.read("boot/firmware/cmdline.txt");

        kernel.askForMemoryCgroup(new Lines());

        assertThat(tree.read("boot/firmware/cmdline.txt")).isEqualTo(before);
    }

    @Test
    void aKernelThatWasAskedAndHasNoneIsLeftAtThat() throws MachineException {
        kernel.askForMemoryCgroup(new Lines());
        kernel.noteReboot();
        boot("console=tty1 cgroup_disable=memory cgroup_enable=memory\n");

        assertThat(kernel.memoryCgroup()).isEqualTo(MemoryCgroup.OUT_OF_REACH);
    }

    @Test
    void aBoardThatBootsFromAnotherFileIsRebootedOnlyOnce() throws MachineException {
        kernel.askForMemoryCgroup(new Lines());
        kernel.noteReboot();
        assertThat(kernel.memoryCgroup()).isEqualTo(MemoryCgroup.AFTER_REBOOT);

        boot("console=tty1\n");
        assertThat(kernel.memoryCgroup()).isEqualTo(MemoryCgroup.OUT_OF_REACH);

        tree.edit("boot/firmware/cmdline.txt", text -> text.strip() + " quiet\n");
        assertThat(kernel.memoryCgroup()).isEqualTo(MemoryCgroup.AFTER_REBOOT);
    }

    @Test
    void withoutACommandLineFileNothingCanBeAsked() throws MachineException {
        tree.delete("boot/firmware/cmdline.txt");

        assertThat(kernel.memoryCgroup()).isEqualTo(MemoryCgroup.OUT_OF_REACH);
        assertThatThrownBy(() -> kernel.askForMemoryCgroup(new Lines())).isInstanceOf(MachineException.class);
    }

    @Test
    void olderSystemsKeepTheFileElsewhere() throws MachineException {
        tree.delete("boot/firmware/cmdline.txt").write("boot/cmdline.txt", "console=tty1 cgroup_disable=memory");

        kernel.askForMemoryCgroup(new Lines());

        assertThat(tree.read("boot/cmdline.txt")).isEqualTo("console=tty1 cgroup_enable=memory\n");
    }

    @Test
    void anEmptyFileIsNotWrittenForNothingCouldBootFromIt() {
        tree.write("boot/firmware/cmdline.txt", "");

        assertThatThrownBy(() -> kernel.askForMemoryCgroup(new Lines()))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("is empty");
    }

    @Test
    void anUpgradeThatTookTheRunningKernelsModulesAwayWantsOneReboot() throws MachineException {
        assertThat(kernel.hasModules()).isTrue();

        tree.delete("lib/modules/6.12.47+rpt-rpi-v8/modules.dep").delete("lib/modules/6.12.47+rpt-rpi-v8");
        tree.write("lib/modules/6.12.62+rpt-rpi-v8/modules.dep", "");
        assertThat(kernel.hasModules()).isFalse();

        kernel.noteReboot();
        assertThat(kernel.hasModules()).isFalse();

        boot("console=tty1\n");
        assertThat(kernel.hasModules()).isTrue();
    }

    @Test
    void aContainerHasNoModulesAndNeedsNone() throws MachineException {
        tree.delete("lib/modules/6.12.47+rpt-rpi-v8/modules.dep")
                .delete("lib/modules/6.12.47+rpt-rpi-v8")
                .delete("lib/modules");

        assertThat(kernel.hasModules()).isTrue();
    }
}
