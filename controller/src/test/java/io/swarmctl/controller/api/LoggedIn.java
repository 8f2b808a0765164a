package io.swarmctl.controller.api;

import io.swarmctl.controller.api.Access.Level;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A browser that somebody has logged in with, as far as a server can tell. */
final class LoggedIn {
    private final TestClient client;
    private final String origin;
    private final String cookie;

    private LoggedIn(TestClient client, String origin, String cookie) {
        this.client = client;
        this.origin = origin;
        this.cookie = cookie;
    }

    static LoggedIn as(Level level, TestController controller) {
        TestClient client = new TestClient(controller);
        String set = client.send(level, "POST", "/session", null)
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();
        return new LoggedIn(client, controller.url(), set.substring(0, set.indexOf(';')));
    }

    String cookie() {
        return cookie;
    }

    /** As the dashboard asks. */
    HttpResponse<String> ask(String method, String path, @Nullable String json) {
        return ask(
                method,
                path,
                json,
                Map.of("Origin", origin, "X-Swarmctl", "dashboard", "Sec-Fetch-Site", "same-origin"));
    }

    /** With just these headers, and the cookie. */
    HttpResponse<String> ask(String method, String path, @Nullable String json, Map<String, String> headers) {
        HttpRequest.Builder request = client.request(path)
                .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
                .header("Cookie", cookie);
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        return client.exchange(request);
    }
}
