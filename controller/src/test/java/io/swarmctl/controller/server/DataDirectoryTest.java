package io.swarmctl.controller.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    private static final Path HOME = Path.of("/home/me");

    @TempDir
    Path temporary;

    @Test
    void aServiceUsesWhatSystemdMadeForIt() {
        assertThat(DataDirectory.byDefault(Map.of("STATE_DIRECTORY", "/var/lib/swarmctl:/var/lib/x"), HOME))
                .isEqualTo(Path.of("/var/lib/swarmctl"));
    }

    @Test
    void othersUseTheirOwn() {
        assertThat(DataDirectory.byDefault(Map.of("XDG_DATA_HOME", "/data"), HOME))
                .isEqualTo(Path.of("/data/swarmctl"));
        assertThat(DataDirectory.byDefault(Map.of("XDG_DATA_HOME", "not/absolute"), HOME))
                .isEqualTo(Path.of("/home/me/.local/share/swarmctl"));
        assertThat(DataDirectory.byDefault(Map.of(), HOME)).isEqualTo(Path.of("/home/me/.local/share/swarmctl"));
    }

    @Test
    void aNewDirectoryIsForItsOwnerOnly() throws IOException {
        try (DataDirectory data = DataDirectory.open(temporary.resolve("a/b"))) {
            data.write("x", "old".getBytes(StandardCharsets.UTF_8));
            data.write("x", "new".getBytes(StandardCharsets.UTF_8));
            assertThat(data.file("x")).hasContent("new");
            assertThat(permissions(data.path())).isEqualTo("rwx------");
            assertThat(permissions(data.file("x"))).isEqualTo("rw-------");
            assertThat(permissions(data.file("controller.lock"))).isEqualTo("rw-------");
            assertThat(data.path()).isDirectoryNotContaining("glob:**.new");
        }
    }

    @Test
    void aSecondControllerIsToldAboutTheFirst() throws IOException {
        DataDirectory first = DataDirectory.open(temporary);
        assertThatThrownBy(() -> DataDirectory.open(temporary))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another controller uses " + temporary)
                .hasMessageContaining("(process " + ProcessHandle.current().pid() + ")");
        first.close();
        DataDirectory.open(temporary).close();
    }

    @Test
    void aDirectoryThatOthersMayWriteIsRefused() throws IOException {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> DataDirectory.open(temporary)).hasMessageContaining("chmod 700 " + temporary);
    }

    @Test
    void aFileInItsPlaceIsReported() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));
        assertThatThrownBy(() -> DataDirectory.open(file)).hasMessageContaining("is no directory");
        assertThatThrownBy(() -> DataDirectory.open(file.resolve("below"))).hasMessageContaining("--data-directory");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
