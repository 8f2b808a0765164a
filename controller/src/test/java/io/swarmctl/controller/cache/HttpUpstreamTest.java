package io.swarmctl.controller.cache;

import static io.swarmctl.controller.cache.PackageUrlTest.url;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.common.trust.Certificates;
import io.swarmctl.controller.api.TestCa;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemTrustOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpUpstreamTest {
    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;
    private HttpUpstream upstream;

    @BeforeEach
    void begin() throws Exception {
        server = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        Upstreams upstreams = Upstreams.of(List.of(), Set.of("mirror.test:" + server.actualPort()));
        upstream = new HttpUpstream(vertx, host -> List.of(InetAddress.getLoopbackAddress()), null, () -> upstreams);
    }

    @AfterEach
    void end() throws Exception {
        upstream.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void answer(HttpServerRequest request) {
        asked.incrementAndGet();
        switch (request.path()) {
            case "/large" -> request.response().end(Buffer.buffer(new byte[3_000_000]));
            case "/host" -> request.response().end(request.getHeader("Host") + " " + request.getHeader("Range"));
            case "/moved" ->
                request.response()
                        .setStatusCode(302)
                        .putHeader("Location", "/host")
                        .end();
            case "/away" ->
                request.response()
                        .setStatusCode(302)
                        .putHeader("Location", "http://169.254.169.254/secret")
                        .end();
            case "/around" ->
                request.response()
                        .setStatusCode(302)
                        .putHeader("Location", "/around")
                        .end();
            case "/cut" ->
                request.response()
                        .putHeader("Content-Length", "100")
                        .write("half")
                        .onSuccess(written -> request.connection().close());
            default -> request.response().setStatusCode(404).end();
        }
    }

    @Test
    void givesWhatTheArchiveHas() throws Exception {
        assertThat(read("/large")).hasSize(3_000_000);
        assertThat(read("/host")).asString().isEqualTo("mirror.test:" + server.actualPort() + " bytes=1-");
    }

    @Test
    void byHttpsItBelievesTheNameThatItAskedForAndNoOther() throws Exception {
        TestCa ca = new TestCa();
        HttpServer secure = vertx.createHttpServer(
                        new HttpServerOptions().setSsl(true).setKeyCertOptions(ca.server("mirror.test")))
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        int port = secure.actualPort();
        Upstreams both = Upstreams.of(List.of(), Set.of("mirror.test:" + port, "other.test:" + port));
        PemTrustOptions trust = new PemTrustOptions().addCertValue(Buffer.buffer(Certificates.toPem(ca.certificate())));
        upstream.close();
        upstream = new HttpUpstream(vertx, host -> List.of(InetAddress.getLoopbackAddress()), trust, () -> both);

        try (Upstream.Answer answer = upstream.get(url("https://mirror.test:" + port + "/host"), Map.of())) {
            assertThat(answer.status()).isEqualTo(200);
        }
        assertThatThrownBy(() -> upstream.get(url("https://other.test:" + port + "/host"), Map.of()))
                .isInstanceOf(IOException.class);
        assertThat(asked).hasValue(1);
    }

    @Test
    void followsWhereTheArchiveSendsOnTo() throws Exception {
        assertThat(read("/moved")).asString().startsWith("mirror.test");
    }

    @Test
    void butNotToOthersAndNotWithoutEnd() {
        assertThatThrownBy(() -> read("/away"))
                .hasMessage("mirror.test sends on to 169.254.169.254, which is not on the package cache's list");
        assertThatThrownBy(() -> read("/around")).hasMessageContaining("without end");
        assertThat(asked).hasValue(7);
    }

    @Test
    void anEarlyEndIsNoEnd() {
        assertThatThrownBy(() -> read("/cut")).isInstanceOf(IOException.class);
    }

    @Test
    void aNameThatLeadsIntoTheNetworkIsNotFollowed() {
        assertThatThrownBy(() -> upstream.get(url("http://deb.debian.org/host"), Map.of()))
                .hasMessageStartingWith("deb.debian.org has an address inside the network");
        assertThat(asked).hasValue(0);
    }

    @Test
    void whoDoesNotAnswerIsNotAskedAgainAtOnce() throws Exception {
        server.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThatThrownBy(() -> read("/host")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read("/host")).hasMessage("it did not answer a moment ago");
    }

    private byte[] read(String path) throws IOException, InterruptedException {
        try (Upstream.Answer answer =
                upstream.get(url("http://mirror.test:" + server.actualPort() + path), Map.of("Range", "bytes=1-"))) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            byte[] buffer = new byte[10_000];
            for (int read = answer.read(buffer); read >= 0; read = answer.read(buffer)) {
                content.write(buffer, 0, read);
            }
            return content.toByteArray();
        }
    }
}
