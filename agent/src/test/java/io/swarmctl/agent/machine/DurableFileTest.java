package io.swarmctl.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DurableFileTest {
    @TempDir
    private Path directory;

    @Test
    void replacesTheContentAndKeepsTheMode() throws Exception {
        Path file = Files.writeString(directory.resolve("hosts.conf"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        DurableFile.write(file, "new");

        assertThat(file).hasContent("new");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        assertThat(entries()).containsExactly("hosts.conf");
    }

    @Test
    void makesTheDirectoriesThatAreMissing() throws Exception {
        DurableFile.write(directory.resolve("a/b/c"), "new");

        assertThat(directory.resolve("a/b/c")).hasContent("new");
    }

    @Test
    void aLeftoverOfAnEarlierTryIsInNobodysWay() throws Exception {
        Files.writeString(directory.resolve("cmdline.new"), "torn");

        DurableFile.writeOnFat(directory.resolve("cmdline.txt"), "whole");

        assertThat(directory.resolve("cmdline.txt")).hasContent("whole");
        assertThat(entries()).containsExactly("cmdline.txt");
    }

    @Test
    void aLinkIsReplacedAndNotFollowed() throws Exception {
        Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "untouched");
        Path file = Files.createSymbolicLink(directory.resolve("authorized_keys"), elsewhere);

        int me = (Integer) Files.getAttribute(directory, "unix:uid");
        int group = (Integer) Files.getAttribute(directory, "unix:gid");
        DurableFile.writePrivate(file, "key", me, group);

        assertThat(elsewhere).hasContent("untouched");
        assertThat(file).hasContent("key").isRegularFile();
    }

    @Test
    void whatCannotBeWrittenSaysWhere() throws Exception {
        Path notADirectory = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> DurableFile.write(notADirectory.resolve("x"), "new"))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("cannot write " + notADirectory);
    }

    private Stream<String> entries() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(path -> path.getFileName().toString()).toList().stream();
        }
    }
}
