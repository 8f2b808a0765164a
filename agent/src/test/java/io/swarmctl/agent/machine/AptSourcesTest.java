package io.swarmctl.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.agent.machine.AptSources.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AptSourcesTest {
    private static final List<String> HOSTS = List.of("mirror.lan:3142", "debian.org", "https://docker.com");
    private static final String DOCKER = "Types: deb\nURIs: https://download.docker.com/linux/debian\n";

    @TempDir
    private Path root;

    @Test
    void whatTheCacheAsksByHttpsIsAskedThereByHttp() {
        Seen seen = AptSources.see(DOCKER, HOSTS);
        assertThat(seen.text()).isEqualTo(DOCKER.replace("https:", "http:"));
        assertThat(seen.proxied()).containsExactly("download.docker.com");
    }

    @Test
    void whatItAsksByHttpStaysAsItIs() {
        String text = """
                deb http://deb.debian.org/debian bookworm main
                deb [arch=arm64] http://mirror.lan:3142/debian bookworm main
                """;
        Seen seen = AptSources.see(text, HOSTS);
        assertThat(seen.text()).isEqualTo(text);
        assertThat(seen.proxied()).containsExactlyInAnyOrder("deb.debian.org", "mirror.lan");
    }

    @Test
    void othersAreNoneOfItsBusiness() {
        String text = """
                deb https://deb.debian.org/debian bookworm main
                deb https://apt.example.org/ stable main
                deb http://me:secret@deb.debian.org/debian bookworm main
                deb http://notdebian.org/ x main
                deb tor+https://download.docker.com/linux/debian bookworm stable
                deb file:/opt/packages ./
                """;
        Seen seen = AptSources.see(text, HOSTS);
        assertThat(seen.text()).isEqualTo(text);
        assertThat(seen.proxied()).isEmpty();
    }

    @Test
    void theSourcesThemselvesStayAsTheyAre() throws Exception {
        FileTree tree = FileTree.at(root);
        tree.write("etc/apt/sources.list", "deb http://deb.debian.org/debian bookworm main\n");
        tree.write("etc/apt/sources.list.d/docker.sources", DOCKER);
        FileTime time = FileTime.fromMillis(1_000_000_000);
        Files.setLastModifiedTime(tree.layout().at("etc/apt/sources.list.d/docker.sources"), time);

        List<String> options = new AptSources(tree.layout()).through(new OpenRoute(4711, HOSTS));

        Path copies = tree.layout().notes().resolve("apt-sources");
        assertThat(options)
                .containsExactly(
                        "-oDir::Etc::SourceList=" + copies.resolve("sources.list"),
                        "-oDir::Etc::SourceParts=" + copies.resolve("sources.list.d"),
                        "-oAcquire::http::Proxy::deb.debian.org=http://127.0.0.1:4711/",
                        "-oAcquire::http::Proxy::download.docker.com=http://127.0.0.1:4711/");
        Path copy = copies.resolve("sources.list.d/docker.sources");
        assertThat(copy).hasContent(DOCKER.replace("https:", "http:"));
        assertThat(Files.getLastModifiedTime(copy)).isEqualTo(time);
        assertThat(tree.layout().at("etc/apt/sources.list.d/docker.sources")).hasContent(DOCKER);

        Files.delete(tree.layout().at("etc/apt/sources.list.d/docker.sources"));
        assertThat(new AptSources(tree.layout()).through(new OpenRoute(4711, HOSTS)))
                .containsExactly("-oAcquire::http::Proxy::deb.debian.org=http://127.0.0.1:4711/");
        assertThat(copy).doesNotExist();
    }

    /** A route that is open, with nobody behind it. */
    record OpenRoute(int port, List<String> hosts, boolean isLost) implements PackageRoute.Opened {
        OpenRoute(int port, List<String> hosts) {
            this(port, hosts, false);
        }

        @Override
        public PackageRoute.Shelf shelf() throws IOException {
            throw new IOException("there are none");
        }

        @Override
        public void close() {}
    }
}
