package io.swarmctl.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OperatingSystemTest {
    @TempDir
    private Path root;

    @Test
    void isDescribedByItsFilesAndAsksDpkgOnlyOnce() throws MachineException {
        FileTree tree = FileTree.at(root);
        FakePrograms programs = new FakePrograms(tree);
        OperatingSystem system = new OperatingSystem(tree.layout(), programs, new Kernel(tree.layout()));

        var facts = system.facts();

        assertThat(facts.pretty()).isEqualTo("Debian GNU/Linux 12 (bookworm)");
        assertThat(facts.codename()).isEqualTo("bookworm");
        assertThat(facts.kernel()).isEqualTo("6.12.47+rpt-rpi-v8");
        assertThat(facts.architecture()).isEqualTo("arm64");
        assertThat(facts.bootId()).isEqualTo(FileTree.BOOT_ID);
        assertThat(facts.freeDiskBytes()).isPositive();
        assertThat(system.facts()).isNotNull();
        assertThat(programs.visible).hasSize(1);
    }
}
