package io.swarmctl.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.common.wire.HostnameFacts;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostnameTest {
    @TempDir
    private Path root;

    private FileTree tree;
    private Hostname hostname;
    private final Lines output = new Lines();

    @BeforeEach
    void freshPi() {
        tree = FileTree.at(root);
        hostname = new Hostname(tree.layout(), new FakePrograms(tree));
    }

    @Test
    void isReadFromAllThreePlaces() throws MachineException {
        tree.write("etc/hostname", "stored\n").write("proc/sys/kernel/hostname", "live\n");

        assertThat(hostname.facts()).isEqualTo(new HostnameFacts("live", "stored", "raspberrypi"));
    }

    @Test
    void isSetInAllThreePlacesAndLeavesTheOtherHostsAlone() throws MachineException {
        hostname.set("pi-007", output);

        assertThat(hostname.facts()).isEqualTo(new HostnameFacts("pi-007", "pi-007", "pi-007"));
        assertThat(tree.read("etc/hosts")).isEqualTo("""
                        127.0.0.1\tlocalhost
                        ::1\t\tlocalhost ip6-localhost

                        127.0.1.1\tpi-007
                        192.168.1.7 nas
                        """);
    }

    @Test
    void settingItTwiceChangesNothing() throws MachineException {
        hostname.set("pi-007", output);
        String before = tree.read("etc/hosts");

        hostname.set("pi-007", output);

        assertThat(tree.read("etc/hosts")).isEqualTo(before);
    }

    @Test
    void replacesEveryLineAboutTheMachineItself() throws MachineException {
        tree.write("etc/hosts", "127.0.0.1 localhost\n127.0.1.1 a\n127.0.1.1 b c\n");

        hostname.set("pi-007", output);

        assertThat(tree.read("etc/hosts")).isEqualTo("127.0.0.1 localhost\n127.0.1.1\tpi-007\n");
    }

    @Test
    void findsAPlaceWhenTheHostsFileSaysNothing() throws MachineException {
        for (String empty : List.of("", "127.0.0.1 localhost\n", "::1 localhost\n")) {
            tree.write("etc/hosts", empty);

            hostname.set("pi-007", output);

            assertThat(tree.read("etc/hosts").lines().toList())
                    .contains("127.0.1.1\tpi-007")
                    .anyMatch(line -> line.matches("127\\.0\\.0\\.1\\s+localhost"));
        }
    }

    @Test
    void tellsCloudInitToLeaveIt() throws MachineException {
        tree.write("etc/cloud/cloud.cfg", "");

        hostname.set("pi-007", output);

        assertThat(tree.read("etc/cloud/cloud.cfg.d/99-swarmctl.cfg")).contains("preserve_hostname: true");
    }

    @Test
    void refusesWhatIsNoHostname() {
        for (String name : List.of("", "-x", "pi 7", "pi_7", "PI-007", "x".repeat(64), "pi\n127.0.0.1 evil")) {
            assertThatThrownBy(() -> hostname.set(name, output)).isInstanceOf(MachineException.class);
        }
    }
}
