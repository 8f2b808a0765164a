package io.swarmctl.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DockerEngineTest {
    private static final Duration PATIENT = Duration.ofSeconds(10);

    @TempDir
    private Path root;

    private Path socket;
    private DockerEngine engine;

    @BeforeEach
    void nobodyListens() {
        socket = root.resolve("docker.sock");
        engine = new DockerEngine(socket);
    }

    @Test
    void withoutAnEngineThereIsNoVersion() throws IOException {
        assertThat(engine.version()).isEmpty();
        try (UnixServer server = new UnixServer(socket, (method, path, body) -> "")) {
            assertThat(server).isNotNull();
            assertThat(engine.version()).isEmpty();
        }
    }

    @Test
    void anEngineThatSaysWhichItIsHasNotToLookForItsPrograms() throws IOException {
        String pong = "HTTP/1.0 200 OK\r\nserver: Docker/27.5.1 (linux)\r\nOstype: linux\r\n\r\nOK";
        try (UnixServer server = new UnixServer(socket, (method, path, body) -> path.equals("/_ping") ? pong : "")) {
            assertThat(server).isNotNull();
            assertThat(engine.version()).contains("27.5.1");
        }
    }

    @Test
    void anEngineThatDoesNotSayWhichItIsIsAsked() throws IOException {
        try (UnixServer server =
                new UnixServer(socket, (method, path, body) -> UnixServer.answer(200, "{\"Version\":\"4.3.1\"}"))) {
            assertThat(server).isNotNull();
            assertThat(engine.version()).contains("4.3.1");
        }
    }

    @Test
    void whatIsSentArrives() throws IOException, MachineException {
        try (UnixServer server = new UnixServer(
                socket,
                (method, path, body) ->
                        UnixServer.answer(200, "{\"Version\":\"" + method + path + body.length() + "\"}"))) {
            assertThat(server).isNotNull();
            assertThat(engine.post("/nodes/x", new EngineJson.Revision(7), EngineJson.Revision.class)
                            .as(EngineJson.Version.class)
                            .version())
                    .isEqualTo("POST/nodes/x11");
        }
    }

    @Test
    void anEngineThatIsNotThereIsATroubleThatMayPass() {
        assertThatThrownBy(() -> engine.get("/info"))
                .isInstanceOfSatisfying(
                        MachineException.class, e -> assertThat(e.retryable()).isTrue())
                .hasMessageContaining("does not answer");
    }

    @Test
    void aRefusalIsPutIntoTheEnginesOwnWordsWithoutTokens() throws IOException, MachineException {
        try (UnixServer server = new UnixServer(
                socket,
                (method, path, body) -> UnixServer.answer(
                        500, "{\"message\":\"something odd about SWMTKN-1-3uq3k1dwf83-anpvztnxbd\"}"))) {
            assertThat(server).isNotNull();
            EngineReply reply = engine.post("/swarm/join");

            assertThat(reply.ok()).isFalse();
            assertThatThrownBy(reply::orThrow)
                    .isInstanceOf(MachineException.class)
                    .hasMessageContaining("something odd about (token)")
                    .message()
                    .doesNotContain("anpvztnxbd");
        }
    }

    @Test
    void anAnswerThatIsNoJsonIsNotUnderstood() throws IOException, MachineException {
        try (UnixServer server = new UnixServer(socket, (method, path, body) -> UnixServer.answer(200, "<html>"))) {
            assertThat(server).isNotNull();
            EngineReply reply = engine.get("/info");

            assertThatThrownBy(() -> reply.as(EngineJson.Engine.class)).isInstanceOf(MachineException.class);
        }
    }

    @Test
    void aLargeAnswerComesWhole() throws IOException {
        String large = "x".repeat(3_000_000);
        try (UnixServer server = new UnixServer(socket, (method, path, body) -> UnixServer.answer(200, large))) {
            assertThat(server).isNotNull();
            assertThat(new UnixHttp(socket, 4_000_000)
                            .exchange("GET", "/nodes", "", PATIENT)
                            .body())
                    .isEqualTo(large);
            assertThatThrownBy(() -> new UnixHttp(socket, 2_000_000).exchange("GET", "/nodes", "", PATIENT))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("longer than");
        }
    }

    @Test
    void anAnswerThatDoesNotComeIsNotWaitedForForEver() throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        try (UnixServer server = new UnixServer(socket, (method, path, body) -> {
            awaitQuietly(over);
            return "";
        })) {
            assertThat(server).isNotNull();
            assertThatThrownBy(() -> new UnixHttp(socket, 1000).exchange("GET", "/info", "", Duration.ofMillis(100)))
                    .isInstanceOf(SocketTimeoutException.class);
        } finally {
            over.countDown();
        }
    }

    @Test
    void whatIsNotHttpIsRefused() throws IOException {
        try (UnixServer server = new UnixServer(socket, (method, path, body) -> "220 mail ready\r\n")) {
            assertThat(server).isNotNull();
            assertThatThrownBy(() -> new UnixHttp(socket, 1000).exchange("GET", "/info", "", PATIENT))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("not HTTP");
        }
    }

    private static void awaitQuietly(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
