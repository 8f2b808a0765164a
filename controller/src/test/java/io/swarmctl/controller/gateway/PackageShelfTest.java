package io.swarmctl.controller.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.swarmctl.agent.link.LocalPeers;
import io.swarmctl.agent.link.PackagePort;
import io.swarmctl.agent.machine.PackageRoute;
import io.swarmctl.common.wire.Services;
import io.swarmctl.controller.fleet.ExampleNodes;
import io.swarmctl.controller.fleet.Transition;
import io.swarmctl.controller.image.card.DockerDirectory;
import io.swarmctl.controller.image.card.DockerManifest;
import io.swarmctl.controller.server.TestFleet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the controller has gathered, through the gateway to a node. */
@Timeout(120)
class PackageShelfTest {
    private static final String FILE = "docker.io_1_arm64.deb";

    private final byte[] content = new byte[1_000_000];
    private TestFleet fleet;
    private StolenCard card;
    private String below;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        new Random(1).nextBytes(content);
        fleet = new TestFleet(directory);
        fleet.stopController();
        fleet.gatherFrom((place, system) -> gathered(place));
        fleet.startController();
        card = StolenCard.of(fleet, "serial-1", fleet.enrolmentKey(1));
        fleet.change(current ->
                Transition.silent(current.with(ExampleNodes.blank(1, "Debian GNU/Linux 12 (bookworm)", "bookworm"))));
        await().until(() -> !fleet.fleet().gatherings().indexes().isEmpty());
        below = "/docker/"
                + fleet.fleet().gatherings().indexes().values().iterator().next() + "/";
    }

    @AfterEach
    void stop() throws Exception {
        card.close();
        fleet.close();
    }

    private DockerManifest gathered(Path place) {
        try {
            Files.createDirectories(place);
            Path index = Files.writeString(place.resolve(DockerManifest.INDEX), "the index");
            Path file = Files.write(place.resolve(FILE), content);
            return new DockerManifest(
                    "bookworm",
                    "arm64",
                    "docker.io 1",
                    List.of(
                            new DockerManifest.File(
                                    DockerManifest.INDEX, Files.size(index), DockerDirectory.sum(index)),
                            new DockerManifest.File(FILE, Files.size(file), DockerDirectory.sum(file))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PackagePort port() throws IOException {
        return new PackagePort(() -> card.connect(Services.PACKAGES), LocalPeers.ofThisProcess(), Set.of());
    }

    @Test
    void aNodeGetsItFileByFileAndFromAnyByteOn() throws Exception {
        ByteArrayOutputStream index = new ByteArrayOutputStream();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        try (PackageRoute.Opened route = port().open(line -> {});
                PackageRoute.Shelf shelf = route.shelf()) {
            shelf.get(below + DockerManifest.INDEX, 0, 100, index);
            shelf.get(below + FILE, 0, content.length, whole);
            shelf.get(below + FILE, 999_990, 10, rest);
        }
        assertThat(index).hasToString("the index");
        assertThat(whole.toByteArray()).isEqualTo(content);
        assertThat(rest.toByteArray()).containsExactly(java.util.Arrays.copyOfRange(content, 999_990, 1_000_000));
        assertThat(fleet.controller().gatewayCounters().violations()).isZero();
    }

    @Test
    void whatIsNotThereAndWhatIsTooMuchIsSaid() throws Exception {
        try (PackageRoute.Opened route = port().open(line -> {});
                PackageRoute.Shelf shelf = route.shelf()) {
            assertThatThrownBy(() -> shelf.get(below + "other.deb", 0, 100, new ByteArrayOutputStream()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the controller answers 404 not among what is gathered");
            assertThatThrownBy(() -> shelf.get(below + FILE, 0, 100, new ByteArrayOutputStream()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("something else");
        }
    }
}
