package io.swarmctl.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.agent.retry.Backoff;
import io.swarmctl.common.wire.DockerSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Docker's packages from a controller that is nothing but a map of files. */
class GatheredPackagesTest {
    private static final String DIRECTORY = "opt/swarmctl/packages/";
    private static final String LIST = """
            Package: docker.io
            Filename: ./docker.io_1_arm64.deb
            Size: 6

            Package: runc
            Filename: ./runc_2~b_arm64.deb
            Size: 4
            """;

    @TempDir
    private Path root;

    private FileTree tree;
    private CardPackages card;
    private final PackageWay way = new PackageWay();
    private final Map<String, String> controller = new TreeMap<>();
    private final List<String> asked = new ArrayList<>();
    private final List<String> output = new ArrayList<>();

    /** After so many bytes of one file the connection breaks off, once. */
    private int breaksAfter = Integer.MAX_VALUE;

    private GatheredPackages gathered;

    @BeforeEach
    void aControllerWithTwoPackages() {
        tree = FileTree.at(root);
        card = new CardPackages(tree.layout());
        way.take(output -> new Route());
        gathered = new GatheredPackages(
                card,
                way,
                new Backoff(Duration.ofSeconds(4), Duration.ofSeconds(30), new Random(1)),
                duration -> asked.add("rest"));
        offer(LIST);
    }

    private void offer(String list) {
        String below = "/docker/" + sum(list) + "/";
        controller.put(below + "Packages", list);
        controller.put(below + "docker.io_1_arm64.deb", "docker");
        controller.put(below + "runc_2~b_arm64.deb", "runc");
    }

    @Test
    void theyLieThereAsIfTheCardHadComeWithThem() throws Exception {
        fetch(LIST);
        assertThat(card.docker()).isEqualTo(DockerSource.DEBIAN);
        assertThat(tree.path(DIRECTORY + "docker.io_1_arm64.deb")).hasContent("docker");
        assertThat(tree.path(DIRECTORY + "runc_2~b_arm64.deb")).hasContent("runc");
        assertThat(output).last().asString().startsWith("100 % fetched runc_2~b_arm64.deb");
    }

    @Test
    void aDownloadThatBreaksOffGoesOnWhereItWas() throws Exception {
        breaksAfter = 3;
        fetch(LIST);
        assertThat(tree.path(DIRECTORY + "docker.io_1_arm64.deb")).hasContent("docker");
        assertThat(asked.stream().filter(one -> one.contains("docker.io")))
                .containsExactly("docker.io_1_arm64.deb from 0", "docker.io_1_arm64.deb from 3");
        assertThat(asked.stream().filter(one -> one.contains("runc"))).hasSize(1);
        assertThat(way.trouble()).isNull();
    }

    @Test
    void aControllerThatIsJustStartedAgainIsWaitedFor() throws Exception {
        way.take(output -> {
            if (asked.isEmpty()) {
                throw new PackageRoute.Unusable("connection refused", true);
            }
            return new Route();
        });
        fetch(LIST);
        assertThat(card.docker()).isEqualTo(DockerSource.DEBIAN);
        assertThat(way.trouble()).isNull();
    }

    @Test
    void aListThatTheSpecDoesNotNameIsNotBelieved() throws Exception {
        controller.put("/docker/" + sum(LIST) + "/Packages", LIST.replace("docker.io_1", "docker.io_0"));
        assertThatThrownBy(() -> fetch(LIST)).hasMessageContaining("is not the one that the spec names");
        assertThat(card.docker()).isNull();
    }

    @Test
    void namesThatLeadElsewhereAreRefused() throws Exception {
        String list = LIST.replace("./runc_2~b_arm64.deb", "./../../etc/cron.d/x.deb");
        offer(list);
        assertThatThrownBy(() -> fetch(list)).hasMessageContaining("cannot be read");
    }

    @Test
    void whatDoesNotComeIsLeftAndSaid() throws Exception {
        controller.remove("/docker/" + sum(LIST) + "/runc_2~b_arm64.deb");
        assertThatThrownBy(() -> fetch(LIST))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("404");
        assertThat(way.trouble()).contains("404");
        assertThat(tree.path("opt/swarmctl/packages")).doesNotExist();
        assertThat(asked.stream().filter(one -> one.equals("rest"))).hasSize(4);
    }

    @Test
    void withoutAControllerTheArchivesAreAskedNext() throws Exception {
        way.take(PackageRoute.NONE);
        assertThatThrownBy(() -> fetch(LIST)).isInstanceOf(MachineException.class);
        assertThat(way.trouble()).isNotNull();
    }

    private void fetch(String list) throws MachineException {
        gathered.fetch(sum(list), output::add);
    }

    private static String sum(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Route implements PackageRoute.Opened {
        @Override
        public int port() {
            return 0;
        }

        @Override
        public List<String> hosts() {
            return List.of();
        }

        @Override
        public PackageRoute.Shelf shelf() {
            return new FilesOfTheMap();
        }

        @Override
        public void close() {}
    }

    private final class FilesOfTheMap implements PackageRoute.Shelf {
        @Override
        public void get(String path, long from, long most, OutputStream to) throws IOException {
            asked.add(path.substring(path.lastIndexOf('/') + 1) + " from " + from);
            String content = controller.get(path);
            if (content == null) {
                throw new IOException("the controller answers 404 Not Found");
            }
            byte[] bytes = content.substring((int) from).getBytes(StandardCharsets.UTF_8);
            if (path.endsWith(".deb") && bytes.length > breaksAfter) {
                to.write(bytes, 0, breaksAfter);
                breaksAfter = Integer.MAX_VALUE;
                throw new IOException("the connection to the controller breaks off");
            }
            to.write(bytes);
        }

        @Override
        public void close() {}
    }
}
