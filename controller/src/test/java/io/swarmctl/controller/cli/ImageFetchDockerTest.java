package io.swarmctl.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.controller.cli.Typist.Result;
import io.swarmctl.controller.debian.TestArchive;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFetchDockerTest {
    @TempDir
    Path home;

    private TestArchive archive;
    private Path keyring;
    private Path directory;

    @BeforeEach
    void prepare() throws Exception {
        archive = new TestArchive(Instant.now());
        archive.publish(Map.of("docker.io", "20.10", "containerd", "1.6"));
        keyring = home.resolve("keys.gpg");
        archive.keys(keyring);
        directory = home.resolve("packages");
    }

    @AfterEach
    void stop() {
        archive.close();
    }

    private Result fetch(String... more) {
        List<String> words = new ArrayList<>(List.of("image", "fetch-docker", "--suite", "bookworm"));
        words.addAll(List.of(more));
        words.add(directory.toString());
        return new Typist(home).types(words.toArray(new String[0]));
    }

    @Test
    void whatWasGatheredIsToldWithWhatToDoNext() {
        Result fetched =
                fetch("--arch", "arm64", "--mirror", archive.mirrors().archive(), "--keyring", keyring.toString());

        assertThat(fetched.exitCode()).as(fetched.err()).isZero();
        assertThat(fetched.out())
                .startsWith("docker.io 20.10 for bookworm arm64: 2 packages, ")
                .contains("swarmctl image build --with-docker " + directory);
        assertThat(directory.resolve("containerd_1.6_arm64.deb")).exists();
    }

    @Test
    void programsGetWhatLiesThere() {
        Result fetched = fetch(
                "--arch",
                "arm64",
                "--mirror",
                archive.mirrors().archive(),
                "--keyring",
                keyring.toString(),
                "-o",
                "json");

        JsonObject manifest = new JsonObject(fetched.out());
        assertThat(manifest.getString("docker")).isEqualTo("docker.io 20.10");
        assertThat(manifest.getJsonArray("files")).hasSize(3);
    }

    @Test
    void anArchiveThatIsNotDebiansIsRefused() {
        Result refused = fetch("--arch", "arm64", "--mirror", archive.mirrors().archive());

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .contains("is not signed by a key that is known")
                .contains("give its keys with --keyring FILE");
        assertThat(directory).doesNotExist();
    }

    @Test
    void anArchitectureThatTheArchiveDoesNotHaveIsTold() {
        Result refused =
                fetch("--arch", "armhf", "--mirror", archive.mirrors().archive(), "--keyring", keyring.toString());

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("has no packages for armhf");
    }

    @Test
    void whatIsNoKeyringIsRefused() throws Exception {
        Files.writeString(keyring, "hello");

        Result refused =
                fetch("--arch", "arm64", "--mirror", archive.mirrors().archive(), "--keyring", keyring.toString());

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("is no OpenPGP keyring").contains("leave out --keyring");
    }

    @Test
    void whatMakesNoSenseIsRefusedWithAHint() {
        assertThat(fetch("--arch", "riscv64").exitCode()).isEqualTo(2);
        assertThat(fetch().exitCode()).isEqualTo(2);

        Result refused = fetch("--arch", "arm64", "--security-mirror", "http://mirror.example/security");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("--security-mirror goes with --mirror");
        assertThat(fetch("--arch", "arm64", "--mirror", "mirror.example").err())
                .contains("'mirror.example' is no mirror")
                .contains("write it as http://");
    }
}
