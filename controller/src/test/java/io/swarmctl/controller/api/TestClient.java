package io.swarmctl.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.controller.api.Access.Level;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A program that uses the API as its description says. */
final class TestClient {
    private final HttpClient http;
    private final String url;

    TestClient(TestController controller) {
        url = controller.url();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("ca", controller.ca().certificate());
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            http = HttpClient.newBuilder()
                    .sslContext(context)
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    JsonObject get(Level level, String path) {
        return ask(level, "GET", path, null);
    }

    JsonObject ask(Level level, String method, String path, @Nullable String json) {
        return ok(send(level, method, path, json));
    }

    JsonObject yaml(Level level, String method, String path, String yaml) {
        return ok(sendYaml(level, method, path, yaml));
    }

    private static JsonObject ok(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return new JsonObject(response.body());
    }

    HttpResponse<String> send(Level level, String method, String path, @Nullable String json) {
        String token = TestController.TOKENS.getOrDefault(level, "");
        return json == null
                ? sendWith(token, method, path, BodyPublishers.noBody(), "")
                : sendWith(token, method, path, BodyPublishers.ofString(json), "application/json");
    }

    HttpResponse<String> sendYaml(Level level, String method, String path, String yaml) {
        String token = TestController.TOKENS.getOrDefault(level, "");
        return sendWith(token, method, path, BodyPublishers.ofString(yaml), "application/yaml");
    }

    /** @param token none when empty */
    HttpResponse<String> sendWith(String token, String method, String path, BodyPublisher body, String type) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + "/api/v1" + path)).method(method, body);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        return exchange(request);
    }

    /** Without a token and outside the API. */
    HttpResponse<String> fetch(String path) {
        return exchange(page(path));
    }

    HttpClient http() {
        return http;
    }

    HttpRequest.Builder page(String path) {
        return HttpRequest.newBuilder(URI.create(url + path));
    }

    HttpResponse<String> fetch(String path, String cookie) {
        return exchange(page(path).header("Cookie", cookie));
    }

    /** A request that is still to be sent. */
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + "/api/v1" + path));
    }

    HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
