package io.swarmctl.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackageDatabaseTest {
    @TempDir
    private Path root;

    private FileTree tree;
    private FakePrograms programs;
    private PackageDatabase database;
    private final QuickTime time = new QuickTime();

    @BeforeEach
    void freshPi() {
        tree = FileTree.at(root);
        programs = new FakePrograms(tree);
        database = new PackageDatabase(tree.layout(), programs, time);
    }

    private void fetchIndex() throws MachineException {
        tree.write("var/lib/apt/lists/mirror.example_debian_dists_bookworm_InRelease", "");
        database.index().noteFresh();
    }

    @Test
    void aFreshCardHasNeverFetchedAnIndex() throws MachineException {
        assertThat(database.facts().indexAgeSeconds()).isNull();
        assertThat(database.facts().upgradable()).isNull();
        assertThat(database.facts().interrupted()).isFalse();
        assertThat(database.facts().dockerRepository()).isEmpty();
    }

    @Test
    void anIndexAges() throws MachineException {
        fetchIndex();
        assertThat(database.facts().indexAgeSeconds()).isZero();

        time.sleep(Duration.ofHours(30));
        assertThat(database.facts().indexAgeSeconds()).isEqualTo(30 * 3600);
    }

    @Test
    void anIndexIsOnlyAboutTheSourcesItWasFetchedFor() throws MachineException {
        fetchIndex();

        tree.write("etc/apt/sources.list.d/docker.sources", "Types: deb\nURIs: https://download.docker.com\n");
        assertThat(database.facts().indexAgeSeconds()).isNull();

        tree.delete("etc/apt/sources.list.d/docker.sources");
        assertThat(database.facts().indexAgeSeconds()).isZero();

        tree.edit("etc/apt/sources.list", text -> text + "deb http://mirror.example/debian-security x main\n");
        assertThat(database.facts().indexAgeSeconds()).isNull();
    }

    @Test
    void anIndexThatWasCleanedAwayIsGone() throws MachineException {
        fetchIndex();
        tree.delete("var/lib/apt/lists/mirror.example_debian_dists_bookworm_InRelease");

        assertThat(database.facts().indexAgeSeconds()).isNull();
    }

    @Test
    void anIndexFromTheFutureCountsForNothing() throws MachineException {
        fetchIndex();

        time.set(QuickTime.START.minus(Duration.ofMinutes(1)));
        assertThat(database.facts().indexAgeSeconds()).isZero();

        time.set(QuickTime.START.minus(Duration.ofDays(900)));
        assertThat(database.facts().indexAgeSeconds()).isNull();
    }

    @Test
    void packagesThatAreHalfDoneMeanThatDpkgWasInterrupted() throws MachineException {
        tree.edit("var/lib/dpkg/status", text -> text + "Package: docker.io\nStatus: install ok half-configured\n");
        assertThat(database.facts().interrupted()).isTrue();

        tree.edit("var/lib/dpkg/status", text -> text.replace("half-configured", "installed"));
        assertThat(database.facts().interrupted()).isFalse();

        tree.edit("var/lib/dpkg/status", text -> text + "Package: old\nStatus: deinstall ok config-files\n");
        assertThat(database.facts().interrupted()).isFalse();
    }

    @Test
    void whoIsInAHurryHearsOfUpgradesOnlyWhenTheyHaveBeenCountedAlready() throws MachineException {
        programs.apt.upgradable = 3;
        fetchIndex();

        assertThat(database.factsAtHand().upgradable()).isNull();
        assertThat(programs.apt.simulations).isZero();

        assertThat(database.facts().upgradable()).isEqualTo(3);
        assertThat(database.factsAtHand().upgradable()).isEqualTo(3);

        time.sleep(Duration.ofHours(1));
        fetchIndex();
        assertThat(database.factsAtHand().upgradable()).isNull();
        assertThat(programs.apt.simulations).isEqualTo(1);
    }

    @Test
    void upgradesAreCountedOnlyWhenSomethingHasChanged() throws MachineException {
        programs.apt.upgradable = 3;
        fetchIndex();

        assertThat(database.facts().upgradable()).isEqualTo(3);
        assertThat(database.facts().upgradable()).isEqualTo(3);
        assertThat(programs.apt.simulations).isEqualTo(1);

        programs.apt.upgradable = 0;
        tree.edit("var/lib/dpkg/status", text -> text + "Package: new\nStatus: install ok installed\n");
        assertThat(database.facts().upgradable()).isZero();
    }
}
