package io.swarmctl.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.common.wire.DockerSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DockerPackagesTest {
    @TempDir
    private Path root;

    private FileTree tree;
    private FakePrograms programs;
    private DockerPackages packages;
    private final Lines output = new Lines();

    @BeforeEach
    void freshPi() {
        tree = FileTree.at(root);
        programs = new FakePrograms(tree);
        QuickTime time = new QuickTime();
        packages = new DockerPackages(
                tree.layout(),
                new Apt(tree.layout(), programs, time.patience(), new PackageDatabase(tree.layout(), programs, time)),
                new OperatingSystem(tree.layout(), programs, new Kernel(tree.layout())),
                new DockerEngine(tree.layout().dockerSocket()));
    }

    @Test
    void debiansOwnEngineComesInOnePackageOrInTwo() throws MachineException {
        packages.install(DockerSource.DEBIAN, "", output);
        assertThat(programs.apt.installed).containsExactly("docker.io", "ca-certificates");

        programs.apt.installed.clear();
        programs.apt.offered.add("docker-cli");
        packages.install(DockerSource.DEBIAN, "", output);
        assertThat(programs.apt.installed).containsExactly("docker.io", "docker-cli", "ca-certificates");
    }

    @Test
    void dockersOwnEngineComesWithThePluginsThatItsRepositoryHas() throws MachineException {
        programs.apt.offered.add("docker-buildx-plugin");

        packages.install(DockerSource.REPOSITORY, "https://download.docker.com/linux/debian", output);

        assertThat(programs.apt.installed)
                .containsExactly(
                        "docker-ce", "docker-ce-cli", "containerd.io", "docker-buildx-plugin", "ca-certificates");
    }

    @Test
    void aKernelWithAppArmorGetsItsParser() throws MachineException {
        tree.write("sys/module/apparmor/parameters/enabled", "Y\n");

        packages.install(DockerSource.DEBIAN, "", output);

        assertThat(programs.apt.installed).contains("apparmor");
    }

    @Test
    void whatIsThereAlreadyIsNotAskedForAgain() throws MachineException {
        tree.write("usr/sbin/update-ca-certificates", "")
                .write("usr/sbin/apparmor_parser", "")
                .write("sys/module/apparmor/parameters/enabled", "Y\n");

        packages.install(DockerSource.DEBIAN, "", output);

        assertThat(programs.apt.installed).containsExactly("docker.io");
    }

    @Test
    void filesOfADirectoryAreInstalledTogetherWithoutANetwork() throws MachineException {
        tree.write("srv/docker/docker.io_20.10.24_arm64.deb", "")
                .write("srv/docker/containerd_1.6_arm64.deb", "")
                .write("srv/docker/containerd_1.6_armhf.deb", "")
                .write("srv/docker/docs_1_all.deb", "")
                .write("srv/docker/odd.deb", "")
                .write("srv/docker/README", "");

        packages.install(DockerSource.DIRECTORY, "/srv/docker", output);

        assertThat(programs.apt.installed)
                .isEqualTo(List.of(
                        tree.path("srv/docker/containerd_1.6_arm64.deb").toString(),
                        tree.path("srv/docker/docker.io_20.10.24_arm64.deb").toString(),
                        tree.path("srv/docker/docs_1_all.deb").toString(),
                        tree.path("srv/docker/odd.deb").toString()));
    }

    @Test
    void aDirectoryWithNothingForThisMachineSaysSo() {
        tree.write("srv/docker/containerd_1.6_armhf.deb", "");

        for (String directory : List.of("/srv/docker", "/srv/absent")) {
            assertThatThrownBy(() -> packages.install(DockerSource.DIRECTORY, directory, output))
                    .isInstanceOf(MachineException.class)
                    .hasMessageContaining("no .deb files for arm64");
        }
    }

    private void cardBrings(String... names) {
        StringBuilder index = new StringBuilder();
        for (String name : names) {
            tree.write("opt/swarmctl/packages/" + name + "_1_arm64.deb", "");
            index.append("Package: ").append(name).append("\nVersion: 1\n\n");
        }
        tree.write("opt/swarmctl/packages/Packages", index.toString());
    }

    @Test
    void whatCameWithTheCardIsInstalledAloneAndThenRemoved() throws MachineException {
        cardBrings("docker.io", "docker-cli", "containerd", "ca-certificates");

        packages.install(DockerSource.DEBIAN, "", output);

        assertThat(programs.apt.installed).containsExactly("docker.io", "docker-cli", "ca-certificates");
        assertThat(programs.visible.stream().filter(line -> line.contains("apt-get")))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .contains(
                                "Dir::Etc::SourceList=" + tree.path("opt/swarmctl/packages/apt.list"),
                                "Dir::Etc::SourceParts=/dev/null",
                                "Dir::State::Lists=" + tree.path("opt/swarmctl/packages/lists")));
        assertThat(tree.path("opt/swarmctl/packages")).doesNotExist();
    }

    @Test
    void packagesOfTheCardThatAreDamagedAreLeftForTheNetwork() throws MachineException {
        cardBrings("docker.io");
        programs.apt.troubles.add(FakePrograms.ok());
        programs.apt.troubles.add(FakePrograms.failed(100, "E: Failed to fetch file:/a.deb  Hash Sum mismatch"));

        assertThatThrownBy(() -> packages.install(DockerSource.DEBIAN, "", output))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("its packages are damaged");

        assertThat(tree.path("opt/swarmctl/packages")).doesNotExist();
        packages.install(DockerSource.DEBIAN, "", output);
        assertThat(programs.apt.installed).contains("docker.io");
    }

    @Test
    void aFullCardKeepsItsPackages() {
        cardBrings("docker.io");
        programs.apt.troubles.add(FakePrograms.ok());
        programs.apt.troubles.add(FakePrograms.failed(100, "E: You don't have enough free space in /var/cache/apt/"));

        assertThatThrownBy(() -> packages.install(DockerSource.DEBIAN, "", output))
                .hasMessageContaining("the card is full");
        assertThat(tree.path("opt/swarmctl/packages/Packages")).exists();
    }

    @Test
    void dockersOwnEngineIsNotTakenFromDebiansPackagesOnTheCard() throws MachineException {
        cardBrings("docker.io");

        packages.install(DockerSource.REPOSITORY, "https://download.docker.com/linux/debian", output);

        assertThat(programs.apt.installed).contains("docker-ce");
        assertThat(tree.path("opt/swarmctl/packages/Packages")).exists();
    }

    @Test
    void anEngineThatWorksIsKept() throws MachineException, IOException {
        try (FakeEngine engine = new FakeEngine(tree)) {
            packages.install(DockerSource.DEBIAN, "", output);

            assertThat(engine.asked("GET /_ping")).isNotEmpty();
        }
        assertThat(programs.apt.installed).isEmpty();
        assertThat(output.text()).contains("20.10.24");
    }
}
