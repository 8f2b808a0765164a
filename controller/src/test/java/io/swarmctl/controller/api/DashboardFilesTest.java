package io.swarmctl.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.controller.fleet.Fleet;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The dashboard's page and files, as a browser gets them. */
class DashboardFilesTest {
    private static final Pattern ASSET = Pattern.compile("\\./(assets/[^\"]+)");

    private static TestController controller;
    private static TestClient client;

    @BeforeAll
    static void start() {
        controller = new TestController(Fleet.empty("fleet-1"), "localhost");
        client = new TestClient(controller);
    }

    @AfterAll
    static void stop() {
        controller.close();
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void thePageLetsNothingInFromElsewhere() {
        HttpResponse<String> page = client.fetch("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(header(page, "Content-Type")).startsWith("text/html");
        assertThat(header(page, "Content-Security-Policy"))
                .contains(
                        "default-src 'none'",
                        "script-src 'self'",
                        "style-src 'self'",
                        "connect-src 'self'",
                        "frame-ancestors 'none'",
                        "base-uri 'none'",
                        "form-action 'none'")
                .doesNotContain("unsafe");
        assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(page, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.body()).doesNotContain("<style", "style=", "onclick", "http:", "https:");
        assertThat(page.body()).doesNotContainPattern("<script[^>]*>[^<]");
    }

    @Test
    void filesAreKeptForEverAndThePageIsAskedForAgain() {
        HttpResponse<String> page = client.fetch("/");
        Matcher assets = ASSET.matcher(page.body());
        List<String> names = assets.results().map(found -> found.group(1)).toList();

        assertThat(names).anyMatch(name -> name.endsWith(".js")).anyMatch(name -> name.endsWith(".css"));
        for (String name : names) {
            HttpResponse<String> asset = client.fetch("/" + name);
            assertThat(asset.statusCode()).as(name).isEqualTo(200);
            assertThat(header(asset, "Cache-Control")).contains("immutable");
        }
        assertThat(header(page, "Cache-Control")).isEqualTo("no-cache");
        HttpResponse<String> again = client.exchange(client.page("/").header("If-None-Match", header(page, "ETag")));
        assertThat(again.statusCode()).isEqualTo(304);
    }

    @Test
    void scriptsComePackedToWhoTakesThem() {
        String page = client.fetch("/").body();
        String script = ASSET.matcher(page)
                .results()
                .map(found -> found.group(1))
                .filter(name -> name.endsWith(".js"))
                .findFirst()
                .orElseThrow();

        HttpResponse<String> packed = client.exchange(client.page("/" + script).header("Accept-Encoding", "gzip"));

        assertThat(header(packed, "Content-Encoding")).isEqualTo("gzip");
        assertThat(Long.parseLong(header(packed, "Content-Length"))).isLessThan(80_000);
    }

    @Test
    void nothingElseOfTheJarIsServed() {
        for (String path :
                List.of("/assets/", "/assets/../manifest.json", "/manifest.json", "/assets/%2e%2e/index.html")) {
            assertThat(client.fetch(path).statusCode()).as(path).isIn(400, 404);
        }
    }
}
