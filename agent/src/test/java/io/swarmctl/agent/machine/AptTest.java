package io.swarmctl.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AptTest {
    private static final Commands.Result LOCKED = FakePrograms.failed(
            100, "E: Could not get lock /var/lib/apt/lists/lock. It is held by process 871 (apt-get)");
    private static final Commands.Result UNREACHABLE = FakePrograms.failed(
            100, "E: Failed to fetch http://mirror.example/debian/dists/bookworm/InRelease  Network is unreachable");

    private static final String LIST = "var/lib/apt/lists/mirror.example_main_binary-arm64_Packages";

    @TempDir
    private Path root;

    private FileTree tree;
    private FakePrograms programs;
    private PackageDatabase database;
    private Apt apt;
    private final QuickTime time = new QuickTime();
    private final Lines output = new Lines();

    @BeforeEach
    void freshPi() {
        tree = FileTree.at(root);
        programs = new FakePrograms(tree);
        database = new PackageDatabase(tree.layout(), programs, time);
        apt = new Apt(tree.layout(), programs, time.patience(), database);
    }

    @Test
    void waitsForItsTurnAndThenGoesOn() throws MachineException {
        programs.apt.troubles.addAll(List.of(LOCKED, LOCKED, LOCKED));

        apt.refresh(output);

        assertThat(database.facts().indexAgeSeconds()).isNotNull();
        assertThat(time.passed()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void doesNotWaitForItsTurnForEver() {
        programs.apt.troubles.addAll(Collections.nCopies(1000, LOCKED));

        assertThatThrownBy(() -> apt.refresh(output))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("another program is using apt");
        assertThat(time.passed()).isLessThan(Duration.ofMinutes(11));
    }

    /** Without a network there is nothing else that could complete what a power cut has left. */
    @Test
    void repairsFromTheCardWhileThereIsNoIndex() throws MachineException {
        tree.write("opt/swarmctl/packages/Packages", "Package: docker.io\n");

        apt.repair(output);

        List<String> asked = programs.visible.stream()
                .filter(line -> line.contains("apt-get"))
                .toList();
        assertThat(asked).hasSize(2).allMatch(line -> line.contains("opt/swarmctl/packages/apt.list"));
        assertThat(asked.get(1)).contains("--fix-broken");
    }

    @Test
    void aRepairThatCompletesDockerHasTheCardsPackagesRemoved() throws MachineException {
        tree.write("opt/swarmctl/packages/Packages", "Package: docker.io\n");

        apt.repair(output);
        assertThat(tree.path("opt/swarmctl/packages/Packages")).exists();

        tree.write("usr/sbin/dockerd", "");
        apt.repair(output);
        assertThat(tree.path("opt/swarmctl/packages")).doesNotExist();
    }

    @Test
    void repairsFromTheCardWhenTheNetworkIsGone() throws MachineException {
        apt.refresh(output);
        tree.write("opt/swarmctl/packages/Packages", "Package: docker.io\n");
        programs.visible.clear();
        programs.apt.troubles.addAll(List.of(FakePrograms.ok(), UNREACHABLE, UNREACHABLE));

        apt.repair(output);

        assertThat(programs.visible.get(programs.visible.size() - 1)).contains("apt.list", "--fix-broken");
    }

    @Test
    void triesOnceMoreByTheOlderInternetProtocol() throws MachineException {
        programs.apt.troubles.add(UNREACHABLE);

        apt.refresh(output);

        assertThat(programs.visible.get(0)).doesNotContain("ForceIPv4");
        assertThat(programs.visible.get(1)).contains("ForceIPv4=true");
    }

    @Test
    void saysThatTheServerCannotBeReachedWhenItCannotEitherWay() {
        programs.apt.troubles.addAll(List.of(UNREACHABLE, UNREACHABLE));

        assertThatThrownBy(() -> apt.refresh(output))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("the package server cannot be reached");
    }

    @Test
    void anIndexThatWasOnlyWarnedAboutIsNotFresh() throws MachineException {
        programs.apt.troubles.add(FakePrograms.ok(
                "W: Failed to fetch http://mirror.example/debian/dists/bookworm/InRelease  Temporary failure resolving"
                        + " 'mirror.example'",
                "W: Some index files failed to download. They have been ignored, or old ones used instead."));

        assertThatThrownBy(() -> apt.refresh(output)).isInstanceOf(MachineException.class);
        assertThat(database.facts().indexAgeSeconds()).isNull();
    }

    @Test
    void aPackageThatTheRepositoryHasReplacedMakesTheIndexOld() throws MachineException {
        apt.refresh(output);
        programs.apt.troubles.add(FakePrograms.failed(
                100,
                "E: Failed to fetch http://mirror.example/debian/pool/curl_7_arm64.deb  404  Not Found [IP: ::1 80]"));

        assertThatThrownBy(() -> apt.install(List.of("docker.io"), output)).isInstanceOf(MachineException.class);
        assertThat(database.facts().indexAgeSeconds()).isNull();
    }

    @Test
    void repairsWhatAnInterruptedDpkgBegan() throws MachineException {
        tree.write("var/lib/dpkg/updates/0001", "");
        assertThat(database.facts().interrupted()).isTrue();

        apt.repair(output);

        assertThat(database.facts().interrupted()).isFalse();
    }

    @Test
    void aPackageThatDpkgWasCutShortInIsLookedForInANewIndex() throws MachineException {
        tree.write(LIST, "");
        programs.apt.troubles.addAll(List.of(
                FakePrograms.ok(),
                FakePrograms.failed(
                        100, "E: The package docker.io needs to be reinstalled, but I can't find an archive for it.")));

        apt.repair(output);

        assertThat(tree.path(LIST)).doesNotExist();
        assertThat(programs.visible.get(2)).contains(" update ");
        assertThat(programs.visible.get(3)).contains("--fix-broken");
    }

    @Test
    void whatAPowerCutMayHaveTornOfTheIndexIsNotKept() throws MachineException {
        tree.write(LIST, "");
        database.index().beginFetching();

        apt.refresh(output);

        assertThat(tree.path(LIST)).doesNotExist();
        assertThat(database.facts().indexAgeSeconds()).isNotNull();
    }

    @Test
    void anIndexThatLacksAPackageIsNotKept() throws MachineException {
        apt.refresh(output);
        tree.write(LIST, "");
        programs.apt.troubles.add(FakePrograms.failed(100, "E: Unable to locate package docker.io"));
        assertThatThrownBy(() -> apt.install(List.of("docker.io"), output)).isInstanceOf(MachineException.class);

        apt.refresh(output);

        assertThat(tree.path(LIST)).doesNotExist();
    }

    @Test
    void whatWasFetchedOfAnIndexIsKeptForTheNextTry() throws MachineException {
        programs.apt.troubles.addAll(List.of(UNREACHABLE, UNREACHABLE));
        assertThatThrownBy(() -> apt.refresh(output)).isInstanceOf(MachineException.class);
        tree.write(LIST, "Package: docker.io\n");

        apt.refresh(output);

        assertThat(tree.read(LIST)).isNotEmpty();
    }

    @Test
    void asksNoQuestionsAndKeepsChangedConfiguration() throws MachineException {
        apt.install(List.of("docker.io"), output);

        assertThat(programs.visible.get(0))
                .contains("DEBIAN_FRONTEND=noninteractive", "--force-confdef", "--force-confold", "Lock::Timeout=600")
                .contains("--no-install-recommends install docker.io");
    }

    @Test
    void showsProgressForPeople() throws MachineException {
        apt.install(List.of("docker.io"), output);

        assertThat(output.all()).containsExactly(" 40 % Unpacking docker.io (arm64)", "Setting up docker.io ...");
    }
}
