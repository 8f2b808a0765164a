package io.swarmctl.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.swarmctl.agent.machine.Commands.Command;
import io.swarmctl.agent.machine.Commands.Result;
import io.swarmctl.common.wire.DockerSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With this machine's own apt, on a system that is nothing but a directory. */
final class CardPackagesTest {
    private static final String PACKAGES = "opt/swarmctl/packages/";

    @TempDir
    private Path root;

    private FileTree tree;
    private CardPackages card;
    private final Commands commands = new ProcessCommands();

    @BeforeEach
    void cardWithAPackage() throws Exception {
        for (String program : List.of("apt-get", "dpkg-deb")) {
            assumeTrue(Files.isExecutable(Path.of("/usr/bin/" + program)), "not on this machine: " + program);
        }
        tree = FileTree.at(root);
        card = new CardPackages(tree.layout());
        tree.write(
                "made/DEBIAN/control",
                "Package: docker.io\nVersion: 1\nArchitecture: all\nMaintainer: nobody\nDescription: for a test\n");
        Path file = Files.createDirectories(tree.path(PACKAGES)).resolve("docker.io_1_all.deb");
        commands.succeed(Command.of("dpkg-deb", "--build", tree.path("made").toString(), file.toString()), line -> {});
        byte[] content = Files.readAllBytes(file);
        tree.write(
                PACKAGES + "Packages",
                "Package: docker.io\nVersion: 1\nArchitecture: all\nFilename: ./docker.io_1_all.deb\nSize: "
                        + content.length + "\nSHA256: "
                        + HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(content)) + "\n\n");
        tree.write("empty/status", "");
        Files.createDirectories(tree.path("empty/cache/archives/partial"));
    }

    private Result apt(String... arguments) throws MachineException {
        List<String> argv = new ArrayList<>(List.of(
                "apt-get",
                "-y",
                "-q",
                "-oDebug::NoLocking=true",
                "-oDir::State::status=" + tree.path("empty/status"),
                "-oDir::Cache=" + tree.path("empty/cache")));
        argv.addAll(card.alone());
        argv.addAll(List.of(arguments));
        return commands.run(Command.of(argv), line -> {});
    }

    @Test
    void whoseDockerItIsStandsInTheIndex() throws Exception {
        assertThat(card.docker()).isEqualTo(DockerSource.DEBIAN);

        tree.write(PACKAGES + "Packages", "Package: docker-ce\nVersion: 29\n\nPackage: containerd.io\nVersion: 2\n");
        assertThat(card.docker()).isEqualTo(DockerSource.REPOSITORY);
        assertThat(card.offers("containerd")).isFalse();

        Files.delete(tree.path(PACKAGES + "Packages"));
        assertThat(card.docker()).isNull();
    }

    @Test
    void aptSeesItsPackagesAndNoOthers() throws Exception {
        Result updated = apt("update");
        assertThat(updated.ok()).as(updated.toString()).isTrue();

        assertThat(apt("-s", "install", "docker.io").lines()).anyMatch(line -> line.startsWith("Inst docker.io (1 "));
        assertThat(apt("-s", "install", "bash").ok()).isFalse();
    }

    @Test
    void aptRefusesAPackageThatIsNotAsItWas() throws Exception {
        Path file = tree.path(PACKAGES + "docker.io_1_all.deb");
        byte[] content = Files.readAllBytes(file);
        content[content.length / 2] ^= 1;
        Files.write(file, content);
        assertThat(apt("update").ok()).isTrue();

        Result fetched = apt("--download-only", "install", "docker.io");

        assertThat(fetched.ok()).isFalse();
        assertThat(AptTrouble.in(fetched.lines()).filter(AptTrouble::isAboutContent))
                .isPresent();
    }

    @Test
    void whatIsRemovedLeavesNothing() throws MachineException, IOException {
        assertThat(apt("update").ok()).isTrue();

        card.remove();

        assertThat(tree.path("opt/swarmctl/packages")).doesNotExist();
        assertThat(card.docker()).isNull();
        card.remove();
    }
}
