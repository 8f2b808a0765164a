package io.swarmctl.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NameServersTest {
    @TempDir
    private Path root;

    @Test
    void theyStandInResolvConf() throws MachineException {
        FileTree tree = FileTree.at(root)
                .write(
                        "etc/resolv.conf",
                        "# made by hand\nsearch lan\nnameserver 192.168.1.1\n nameserver\tfe80::1%eth0\n");

        assertThat(new NameServers(tree.layout()).facts()).containsExactly("192.168.1.1", "fe80::1%eth0");
    }

    @Test
    void behindSystemdsResolverStandTheRealOnes() throws MachineException {
        FileTree tree = FileTree.at(root)
                .write("etc/resolv.conf", "nameserver 127.0.0.53\noptions edns0\n")
                .write("run/systemd/resolve/resolv.conf", "nameserver 192.168.1.1\n");

        assertThat(new NameServers(tree.layout()).facts()).containsExactly("192.168.1.1");
    }

    @Test
    void thereMayBeNone() throws MachineException {
        assertThat(new NameServers(FileTree.at(root).layout()).facts()).isEmpty();
        FileTree stub = FileTree.at(root).write("etc/resolv.conf", "nameserver 127.0.0.53\n");
        assertThat(new NameServers(stub.layout()).facts()).isEmpty();
    }
}
