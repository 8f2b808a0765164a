package io.swarmctl.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.wire.InterfaceFacts;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InterfacesTest {
    @TempDir
    private Path root;

    @Test
    void theOnesThatLeadOutOfTheMachineAreToldWiredFromWireless() throws MachineException {
        FileTree tree = FileTree.at(root)
                .write("sys/class/net/wlan0/type", "1\n")
                .write("sys/class/net/wlan0/wireless/link", "");
        FakeNetwork network = new FakeNetwork()
                .with("wlan0", "192.168.1.21")
                .with("eth0", "192.168.1.20")
                .with("docker0", "172.17.0.1")
                .with("docker_gwbridge", "172.18.0.1")
                .with("veth0a1b2c3", "10.0.0.1")
                .with("br-12ab", "172.19.0.1");

        assertThat(new Interfaces(tree.layout(), network).facts())
                .isEqualTo(List.of(
                        new InterfaceFacts("eth0", "192.168.1.20", true, true),
                        new InterfaceFacts("wlan0", "192.168.1.21", false, false)));
    }

    @Test
    void theCableOfAContainerIsACable() throws MachineException {
        FileTree tree = FileTree.at(root)
                .write("sys/class/net/host0/type", "1\n")
                .edit(
                        "proc/net/route",
                        text -> text.replace("eth0", "host0")
                                + "wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\n");

        assertThat(new Interfaces(tree.layout(), new FakeNetwork().with("host0", "10.77.0.11")).facts())
                .isEqualTo(List.of(new InterfaceFacts("host0", "10.77.0.11", true, true)));
    }
}
