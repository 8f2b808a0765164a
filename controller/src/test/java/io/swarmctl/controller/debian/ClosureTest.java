package io.swarmctl.controller.debian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosureTest {
    private final List<DebianPackage> offered = new ArrayList<>();

    private ClosureTest offering(String name, String version, String... fields) throws DebianException {
        String more = fields.length == 0 ? "" : String.join("\n", fields) + "\n";
        offered.add(DebianPackage.of(
                "http://archive.example",
                "Package: " + name + "\nVersion: " + version + "\n" + more + "Filename: pool/" + name
                        + "_1_arm64.deb\nSize: 1\nSHA256: " + "0".repeat(64) + "\n"));
        return this;
    }

    private List<String> needed(String... names) throws DebianException {
        return new Closure(offered)
                .of(List.of(names)).stream()
                        .map(one -> one.name() + " " + one.version())
                        .toList();
    }

    @Test
    void whatIsNeededIsFollowedToItsEnd() throws DebianException {
        offering("docker.io", "20", "Pre-Depends: init", "Depends: containerd (>= 1.4~), iptables")
                .offering("containerd", "1.6", "Depends: runc:any")
                .offering("runc", "1.1", "Depends: containerd")
                .offering("iptables", "1.8")
                .offering("init", "1")
                .offering("games", "9");

        assertThat(needed("docker.io"))
                .containsExactly("containerd 1.6", "docker.io 20", "init 1", "iptables 1.8", "runc 1.1");
    }

    @Test
    void whatEveryDebianHasIsLeftOut() throws DebianException {
        offering("docker.io", "20", "Depends: libc6 (>= 2.34), tini")
                .offering("tini", "1")
                .offering("libc6", "2.36")
                .offering("bash", "5", "Priority: required", "Depends: libc6");

        assertThat(needed("docker.io")).containsExactly("docker.io 20", "tini 1");
    }

    /** The card's system may be older: what has to be of this very version is brought along. */
    @Test
    void whatHasToBeOfOneVersionIsBroughtAlong() throws DebianException {
        offering("dmsetup", "2", "Depends: libdevmapper (= 2)")
                .offering("libdevmapper", "2")
                .offering("systemd", "1", "Priority: required", "Depends: libdevmapper");

        assertThat(needed("dmsetup")).containsExactly("dmsetup 2", "libdevmapper 2");
    }

    @Test
    void ofAllArchivesTheNewestIsTaken() throws DebianException {
        offering("runc", "1.1.5-1").offering("runc", "1.1.5-1+deb12u1").offering("runc", "1.1.4");

        assertThat(needed("runc")).containsExactly("runc 1.1.5-1+deb12u1");
    }

    @Test
    void anotherPackageMayProvideWhatIsNeeded() throws DebianException {
        offering("docker.io", "20", "Depends: cgroup-tools | lsb-base, awk")
                .offering("sysvinit-utils", "3", "Provides: lsb-base (= 11)", "Priority: required")
                .offering("mawk", "1", "Provides: awk");

        assertThat(needed("docker.io")).containsExactly("docker.io 20", "mawk 1");
    }

    @Test
    void anAlternativeThatIsTooOldIsNotTaken() throws DebianException {
        offering("docker.io", "20", "Depends: a (>= 2) | b").offering("a", "1").offering("b", "1");

        assertThat(needed("docker.io")).containsExactly("b 1", "docker.io 20");
    }

    @Test
    void whatIsNowhereIsTold() throws DebianException {
        offering("docker.io", "20", "Depends: runc");

        assertThatThrownBy(() -> needed("docker.io")).hasMessage("there is no runc, which docker.io needs");
        assertThatThrownBy(() -> needed("podman")).hasMessage("the archive has no podman");
    }

    @Test
    void aNameThatLeadsOutOfTheDirectoryIsRefused() {
        assertThatThrownBy(() -> DebianPackage.of(
                        "http://archive.example",
                        "Package: a\nVersion: 1\nFilename: pool/..\nSize: 1\nSHA256: " + "0".repeat(64) + "\n"))
                .hasMessageContaining("cannot be used: a");
    }
}
