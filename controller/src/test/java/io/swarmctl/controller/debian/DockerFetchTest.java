package io.swarmctl.controller.debian;

import static io.swarmctl.controller.image.TestTools.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.controller.image.card.DockerDirectory;
import io.swarmctl.controller.image.card.DockerManifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerFetchTest {
    private static final Map<String, String> PACKAGES = Map.of("docker.io", "20.10", "containerd", "1.6", "games", "1");

    @TempDir
    Path home;

    private TestArchive archive;
    private ArchiveKeys keys;
    private Path directory;

    @BeforeEach
    void prepare() throws Exception {
        archive = new TestArchive(TestArchive.NOW);
        keys = archive.keys(home.resolve("keys.gpg"));
        directory = home.resolve("packages");
    }

    @AfterEach
    void stop() {
        archive.close();
    }

    private DockerManifest fetch() throws DebianException {
        return new DockerFetch(archive.mirrors(), keys, (doing, done, total) -> {})
                .into(directory, "bookworm", "arm64", TestArchive.NOW);
    }

    private List<String> names() throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void dockerAndWhatItNeedsAreGatheredWithAnIndexOfThem() throws Exception {
        archive.publish(PACKAGES);

        DockerManifest manifest = fetch();

        assertThat(manifest.docker()).isEqualTo("docker.io 20.10");
        assertThat(names())
                .containsExactly(
                        "Packages", "containerd_1.6_arm64.deb", "docker.io_20.10_arm64.deb", "swarmctl-docker.json");
        assertThat(run(
                        "dpkg-deb",
                        "--field",
                        directory.resolve("docker.io_20.10_arm64.deb").toString(),
                        "Description"))
                .isEqualTo("content of docker.io 20.10\n");
        assertThat(directory.resolve("Packages"))
                .content()
                .contains("Package: docker.io\n", "Filename: ./docker.io_20.10_arm64.deb\n", "\n\nPackage: ")
                .doesNotContain("Description", "games", "pool/");
    }

    /** apt compares them. */
    @Test
    void theIndexHasSizesAndChecksumsOfWhatLiesThere() throws Exception {
        archive.publish(PACKAGES);

        DockerManifest.File docker = fetch().files().stream()
                .filter(file -> file.name().startsWith("docker.io"))
                .findFirst()
                .orElseThrow();

        Path file = directory.resolve(docker.name());
        assertThat(docker.sha256()).isEqualTo(DockerDirectory.sum(file));
        assertThat(directory.resolve("Packages"))
                .content()
                .contains("Size: " + Files.size(file) + "\nSHA256: " + docker.sha256() + "\n");
    }

    @Test
    void whatIsThereAlreadyIsNotFetchedAgain() throws Exception {
        archive.publish(PACKAGES);
        fetch();
        Files.writeString(directory.resolve("containerd_1.6_arm64.deb"), "damaged");
        archive.asked.clear();

        fetch();

        assertThat(archive.asked.stream().filter(path -> path.endsWith(".deb")))
                .containsExactly("/debian/pool/main/containerd_1.6_arm64.deb");
    }

    @Test
    void anEarlierVersionGoesWhenTheNewOneIsThere() throws Exception {
        archive.publish(PACKAGES);
        fetch();
        Files.writeString(directory.resolve("mine.deb"), "not ours");
        archive.publish(Map.of("docker.io", "20.11", "containerd", "1.6"));

        assertThat(fetch().docker()).isEqualTo("docker.io 20.11");
        assertThat(names())
                .contains("docker.io_20.11_arm64.deb", "mine.deb")
                .doesNotContain("docker.io_20.10_arm64.deb");
    }

    @Test
    void aMirrorWithoutFilesByChecksumWillDo() throws Exception {
        archive.byHash = false;
        archive.publish(PACKAGES);

        assertThat(fetch().files()).hasSize(3);
    }

    @Test
    void anArchiveSignedByOthersIsRefused() throws Exception {
        archive.publish(PACKAGES);
        keys = ArchiveKeys.ofDebian();

        assertThatThrownBy(this::fetch).hasMessageContaining("not signed by a key that is known");
        assertThat(directory).doesNotExist();
    }

    @Test
    void aReleaseThatWasChangedOnTheWayIsRefused() throws Exception {
        archive.publish(PACKAGES);
        archive.alter("/debian/dists/bookworm/InRelease", "Acquire-By-Hash: yes", "Acquire-By-Hash: yea");

        assertThatThrownBy(this::fetch).hasMessageMatching("the signature of .*/dists/bookworm/InRelease is bad");
    }

    @Test
    void aPageOfTheNetworksOwnIsNoRelease() throws Exception {
        archive.publish(PACKAGES);
        archive.alter("/debian/dists/bookworm/InRelease", "-----BEGIN PGP SIGNED MESSAGE-----", "<html>");

        assertThatThrownBy(this::fetch).hasMessageContaining("not signed as archives are");
    }

    @Test
    void aPackageThatWasChangedOnTheWayIsRefused() throws Exception {
        archive.publish(PACKAGES);
        archive.alter("/debian/pool/main/containerd_1.6_arm64.deb", "content", "CONTENT");

        assertThatThrownBy(this::fetch).hasMessageContaining("containerd_1.6_arm64.deb: its checksum is wrong");
        assertThat(names()).as("neither half a file nor a manifest").isEmpty();
    }

    @Test
    void anotherReleaseIsRefusedHoweverWellSigned() throws Exception {
        archive.codename = "bullseye";
        archive.publish(PACKAGES);

        assertThatThrownBy(this::fetch).hasMessageContaining("is of bullseye, not of bookworm");
    }

    @Test
    void aReleaseOfLongAgoIsRefused() throws Exception {
        archive.validUntil = TestArchive.NOW.minusSeconds(1);
        archive.publish(PACKAGES);

        assertThatThrownBy(this::fetch).hasMessageContaining("was good until 2026-11-23T23:59:59Z only");
    }

    @Test
    void packagesOfTwoSystemsDoNotMix() throws Exception {
        archive.publish(PACKAGES);
        fetch();

        assertThatThrownBy(() -> new DockerFetch(archive.mirrors(), keys, (doing, done, total) -> {})
                        .into(directory, "bookworm", "armhf", TestArchive.NOW))
                .isInstanceOf(DebianException.class);
        assertThat(names()).contains("docker.io_20.10_arm64.deb");
    }

    @Test
    void aMirrorThatDoesNotAnswerIsTold() throws Exception {
        archive.publish(PACKAGES);
        archive.close();

        assertThatThrownBy(this::fetch).hasMessageStartingWith("cannot fetch http://localhost:");
    }
}
