package io.swarmctl.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.common.wire.SshFacts;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SshTest {
    @TempDir
    private Path root;

    private FileTree tree;
    private FakePrograms programs;
    private Ssh ssh;

    @BeforeEach
    void freshPi() {
        tree = FileTree.at(root);
        programs = new FakePrograms(tree);
        ssh = new Ssh(tree.layout(), programs);
    }

    @Test
    void isNotThereWithoutAServer() {
        assertThat(ssh.facts()).isEqualTo(new SshFacts(true, false));
        tree.delete("usr/sbin/sshd");
        assertThat(ssh.facts().installed()).isFalse();
    }

    @Test
    void isOpenedAndClosed() throws MachineException {
        ssh.set(true, new Lines());
        assertThat(ssh.facts().enabled()).isTrue();

        ssh.set(false, new Lines());
        assertThat(ssh.facts().enabled()).isFalse();
    }

    @Test
    void getsHostKeysOfItsOwnBeforeItIsOpened() throws MachineException {
        ssh.set(true, new Lines());
        assertThat(tree.read("etc/ssh/ssh_host_ed25519_key")).isNotEmpty();

        tree.write("etc/ssh/ssh_host_ed25519_key", "known to people");
        ssh.set(true, new Lines());
        assertThat(tree.read("etc/ssh/ssh_host_ed25519_key")).isEqualTo("known to people");
    }

    @Test
    void isClosedForItsSocketToo() throws MachineException {
        tree.write("usr/lib/systemd/system/ssh.socket", "").link("etc/systemd/system/sockets.target.wants/ssh.socket");
        assertThat(ssh.facts().enabled()).isTrue();

        ssh.set(false, new Lines());

        assertThat(ssh.facts().enabled()).isFalse();
    }
}
