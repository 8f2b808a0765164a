package io.swarmctl.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DockerRepositoryTest {
    private static final String KEY =
            "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQINBFit\n-----END PGP PUBLIC KEY BLOCK-----\n";

    @TempDir
    private Path root;

    private FileTree tree;
    private HttpServer server;
    private DockerRepository repository;
    private String content = KEY;
    private int status = 200;
    private final Lines output = new Lines();

    @BeforeEach
    void serve() throws IOException {
        tree = FileTree.at(root);
        repository = new DockerRepository(tree.layout());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve(server);
    }

    private void serve(HttpServer server) {
        server.createContext("/linux/debian/gpg", exchange -> {
            byte[] body = content.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String location() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/linux/debian";
    }

    @Test
    void isAddedWithItsKeyForThisReleaseAndArchitecture() throws MachineException {
        assertThat(repository.location()).isEmpty();

        repository.add(location(), "bookworm", "arm64", output);

        assertThat(repository.location()).isEqualTo(location());
        assertThat(tree.read("etc/apt/keyrings/docker.asc")).isEqualTo(KEY);
        assertThat(tree.read("etc/apt/sources.list.d/docker.sources"))
                .isEqualTo("Types: deb\nURIs: " + location()
                        + "\nSuites: bookworm\nComponents: stable\nArchitectures: arm64\n"
                        + "Signed-By: /etc/apt/keyrings/docker.asc\n");
    }

    @Test
    void itsServerIsTrustedWhenTheSystemTrustsIt(@TempDir Path elsewhere) throws Exception {
        HttpsServer secure = OwnCertificate.server(elsewhere);
        serve(secure);
        String location = "https://127.0.0.1:" + secure.getAddress().getPort() + "/linux/debian";
        try {
            assertThatThrownBy(() -> repository.add(location, "bookworm", "arm64", output))
                    .isInstanceOf(MachineException.class)
                    .hasMessageContaining("certif");

            tree.write("etc/ssl/certs/ca-certificates.crt", Files.readString(elsewhere.resolve("own.pem")));
            repository.add(location, "bookworm", "arm64", output);

            assertThat(repository.location()).isEqualTo(location);
        } finally {
            secure.stop(0);
        }
    }

    @Test
    void doesNotCountWithoutItsKey() throws MachineException {
        repository.add(location(), "bookworm", "arm64", output);
        tree.delete("etc/apt/keyrings/docker.asc");

        assertThat(repository.location()).isEmpty();
    }

    @Test
    void aLoginPageIsNotTakenForAKey() {
        content = "<html><body>Welcome to the hotel</body></html>";

        assertThatThrownBy(() -> repository.add(location(), "bookworm", "arm64", output))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("is not a key");
        assertThat(tree.path("etc/apt/sources.list.d/docker.sources")).doesNotExist();
    }

    @Test
    void aServerThatRefusesIsSaidToHaveRefused() {
        status = 503;

        assertThatThrownBy(() -> repository.add(location(), "bookworm", "arm64", output))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("503");
    }

    @Test
    void somethingEndlessIsNotRead() {
        content = KEY + "x".repeat(300_000);

        assertThatThrownBy(() -> repository.add(location(), "bookworm", "arm64", output))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("longer than any key");
    }

    @Test
    void anAddressThatWouldWriteMoreThanALineIsRefused() {
        for (String location : new String[] {"ftp://x/", "https://x/\nTrusted: yes", "https://x y", ""}) {
            assertThatThrownBy(() -> repository.add(location, "bookworm", "arm64", output))
                    .isInstanceOf(MachineException.class)
                    .hasMessageContaining("is not the address of a repository");
        }
    }
}
