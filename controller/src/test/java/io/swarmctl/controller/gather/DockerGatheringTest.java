package io.swarmctl.controller.gather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.swarmctl.common.wire.WireJson;
import io.swarmctl.controller.api.MemoryFleet;
import io.swarmctl.controller.cache.CacheException;
import io.swarmctl.controller.cache.Reading;
import io.swarmctl.controller.debian.DebianException;
import io.swarmctl.controller.fleet.DebianSystem;
import io.swarmctl.controller.fleet.ExampleNodes;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.image.card.DockerDirectory;
import io.swarmctl.controller.image.card.DockerManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DockerGatheringTest {
    private static final DebianSystem BOOKWORM = new DebianSystem("bookworm", "arm64");
    private static final Fleet BLANK_NODES = Fleet.empty("fleet")
            .with(ExampleNodes.blank(1, "Debian GNU/Linux 12 (bookworm)", "bookworm"))
            .with(ExampleNodes.blank(2, "Debian GNU/Linux 12 (bookworm)", "bookworm"));

    @TempDir
    private Path directory;

    private final MemoryFleet loop = new MemoryFleet(InstantSource.system(), BLANK_NODES);
    private final List<DebianSystem> asked = new CopyOnWriteArrayList<>();
    private boolean archiveAnswers = true;
    private DockerGathering gathering;

    @BeforeEach
    void start() {
        restart();
    }

    @AfterEach
    void stop() {
        gathering.close();
    }

    private void restart() {
        if (gathering != null) {
            gathering.close();
            loop.become(fleet -> BLANK_NODES);
        }
        gathering = new DockerGathering(directory, this::gather, loop);
        gathering.start();
    }

    /** As {@code DockerFetch} leaves a directory. */
    private synchronized DockerManifest gather(Path place, DebianSystem system) throws DebianException {
        asked.add(system);
        if (!archiveAnswers) {
            throw new DebianException("the archive does not answer", "try again");
        }
        try {
            Files.createDirectories(place);
            List<DockerManifest.File> files = new ArrayList<>();
            for (String name : List.of("docker.io_1_arm64.deb", DockerManifest.INDEX)) {
                Path file = Files.writeString(place.resolve(name), "content of " + name);
                files.add(new DockerManifest.File(name, Files.size(file), DockerDirectory.sum(file)));
            }
            DockerManifest manifest = new DockerManifest("bookworm", "arm64", "docker.io 1", files);
            Files.writeString(place.resolve(DockerManifest.NAME), WireJson.write(manifest, DockerManifest.class));
            return manifest;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String index() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> loop.fleet().gatherings().indexes().containsKey(BOOKWORM));
        return loop.fleet().gatherings().indexes().getOrDefault(BOOKWORM, "");
    }

    private String read(String path) throws IOException {
        try (Reading reading = gathering.open(path)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) reading.head().length());
            int read = reading.read(bytes, 0);
            return new String(bytes.array(), 0, read, StandardCharsets.UTF_8);
        }
    }

    @Test
    void whatNodesNeedIsGatheredOnceAndGivenOut() throws Exception {
        gathering.follow(loop.fleet());
        gathering.follow(loop.fleet());
        String index = index();
        assertThat(read("/docker/" + index + "/Packages")).isEqualTo("content of Packages");
        assertThat(read("/docker/" + index + "/docker.io_1_arm64.deb")).isEqualTo("content of docker.io_1_arm64.deb");
        assertThat(asked).containsExactly(BOOKWORM);
        assertThat(loop.events(1).get(0).text()).isEqualTo("gathered docker.io 1 for bookworm arm64: 1 packages, 0 MB");
    }

    @Test
    void nothingElseIsGivenOut() throws Exception {
        gathering.follow(loop.fleet());
        String below = "/docker/" + index() + "/";
        for (String other : List.of(
                below + "swarmctl-docker.json",
                below + "../../store",
                below + "other.deb",
                "/docker/" + "0".repeat(64) + "/Packages",
                "/docker/")) {
            assertThatThrownBy(() -> read(other)).isInstanceOf(CacheException.class);
        }
    }

    @Test
    void afterARestartItIsThereAtOnce() throws Exception {
        gathering.follow(loop.fleet());
        String index = index();
        archiveAnswers = false;
        restart();
        gathering.follow(loop.fleet());
        assertThat(index()).isEqualTo(index);
        assertThat(read("/docker/" + index + "/Packages")).isEqualTo("content of Packages");
    }

    @Test
    void whatIsDamagedIsNotGivenOutAfterARestart() throws Exception {
        gathering.follow(loop.fleet());
        assertThat(index()).isNotEmpty();
        Files.writeString(directory.resolve("bookworm-arm64/docker.io_1_arm64.deb"), "something else");
        archiveAnswers = false;
        restart();
        gathering.follow(loop.fleet());
        assertThat(index()).isEmpty();
    }

    @Test
    void whatCannotBeStoredNowIsToldLater() throws Exception {
        loop.breakDisk();
        gathering.follow(loop.fleet());
        await().until(() -> !asked.isEmpty());
        loop.mendDisk();
        assertThat(index()).isNotEmpty();
    }

    @Test
    void whenNothingCanBeGatheredNodesAreToldSo() throws Exception {
        archiveAnswers = false;
        gathering.follow(loop.fleet());
        assertThat(index()).isEmpty();
        assertThat(loop.events(1).get(0).text()).endsWith("the archive does not answer; nodes fetch their own");
    }
}
