package io.swarmctl.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeIdentityTest {
    @TempDir
    private Path directory;

    @Test
    void theKeyIsMadeOnceAndReadableByItsOwnerOnly() throws Exception {
        StateDirectory state = new StateDirectory(directory);
        NodeIdentity first = NodeIdentity.loadOrCreate(state);
        NodeIdentity second = NodeIdentity.loadOrCreate(state);
        assertThat(second.keys()).isEqualTo(first.keys());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("node.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aKeyThatAPowerCutDamagedIsMadeAnew() throws Exception {
        StateDirectory state = new StateDirectory(directory);
        NodeIdentity.loadOrCreate(state);
        Files.writeString(directory.resolve("node.key"), "torn");
        NodeIdentity anew = NodeIdentity.loadOrCreate(state);
        assertThat(NodeIdentity.loadOrCreate(state).keys()).isEqualTo(anew.keys());
        assertThat(anew.credentials()).isEmpty();
    }
}
