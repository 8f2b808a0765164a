package io.swarmctl.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.controller.api.Access.Level;
import io.swarmctl.controller.fleet.ExampleNodes;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Browsers show a cookie instead of a token. */
class BrowserSessionTest {
    private static final String ASSIGN = "{\"role\":\"worker\",\"nodes\":[\"pi-003\"]}";

    private TestController controller;

    @BeforeEach
    void start() {
        controller = new TestController(ExampleNodes.fleet(ExampleNodes.arrived(3)), "localhost");
    }

    @AfterEach
    void stop() {
        controller.close();
    }

    @Test
    void theCookieIsForThisHostAloneAndNoScriptReadsIt() {
        HttpResponse<String> answer = new TestClient(controller).send(Level.VIEWER, "POST", "/session", null);

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("__Host-swarmctl=")
                .contains("Max-Age=43200", "Path=/", "Secure", "HTTPOnly", "SameSite=Strict")
                .doesNotContain("Domain");
        assertThat(answer.body()).doesNotContain("viewer-token");
        assertThat(new JsonObject(answer.body()).getInteger("expiresInSeconds")).isEqualTo(43_200);
    }

    @ParameterizedTest
    @EnumSource(Level.class)
    void aSessionMayWhatItsTokenMay(Level level) {
        LoggedIn browser = LoggedIn.as(level, controller);
        JsonObject who = new JsonObject(browser.ask("GET", "/session", null).body());

        assertThat(who.getString("level")).isEqualTo(level.name().toLowerCase(Locale.ROOT));
        assertThat(browser.ask("GET", "/nodes", null).statusCode()).isEqualTo(200);
        assertThat(browser.ask("POST", "/roles/assign", ASSIGN).statusCode())
                .isEqualTo(level == Level.VIEWER ? 403 : 200);
        assertThat(browser.ask("GET", "/enrolment-keys", null).statusCode())
                .isEqualTo(level == Level.ADMIN ? 200 : 403);
    }

    @Test
    void whoLogsOutIsOut() {
        LoggedIn browser = LoggedIn.as(Level.OPERATOR, controller);

        HttpResponse<String> answer = browser.ask("DELETE", "/session", null);

        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
        assertThat(browser.ask("GET", "/nodes", null).statusCode()).isEqualTo(401);
    }

    @Test
    void whoLogsOutEverywhereIsOutInEveryBrowser() {
        LoggedIn here = LoggedIn.as(Level.OPERATOR, controller);
        LoggedIn there = LoggedIn.as(Level.OPERATOR, controller);
        LoggedIn another = LoggedIn.as(Level.VIEWER, controller);

        assertThat(new JsonObject(here.ask("DELETE", "/sessions", null).body()).getInteger("ended"))
                .isEqualTo(2);

        assertThat(here.ask("GET", "/nodes", null).statusCode()).isEqualTo(401);
        assertThat(there.ask("GET", "/nodes", null).statusCode()).isEqualTo(401);
        assertThat(another.ask("GET", "/nodes", null).statusCode()).isEqualTo(200);
    }

    @Test
    void aRevokedTokensSessionIsOver() {
        LoggedIn browser = LoggedIn.as(Level.OPERATOR, controller);

        controller.revoke(Level.OPERATOR);

        assertThat(browser.ask("GET", "/nodes", null).statusCode()).isEqualTo(401);
    }

    @Test
    void aSessionDoesNotProlongItself() {
        assertThat(LoggedIn.as(Level.ADMIN, controller)
                        .ask("POST", "/session", null)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aWrongTokenOpensNoSessionHoweverOftenItIsTried() {
        TestClient client = new TestClient(controller);
        HttpResponse<String> answer = null;
        for (int i = 0; i <= WrongTokens.ALLOWED; i++) {
            answer = client.sendWith("guess-" + i, "POST", "/session", BodyPublishers.noBody(), "");
            assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        }

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(client.send(Level.ADMIN, "POST", "/session", null).statusCode())
                .isEqualTo(429);
    }

    @Test
    void aCookieThatIsNoneLocksNobodyOut() {
        TestClient client = new TestClient(controller);
        for (int i = 0; i <= WrongTokens.ALLOWED; i++) {
            HttpResponse<String> answer =
                    client.exchange(client.request("/nodes").header("Cookie", "__Host-swarmctl=old"));
            assertThat(answer.statusCode()).isEqualTo(401);
        }

        assertThat(client.send(Level.VIEWER, "GET", "/nodes", null).statusCode())
                .isEqualTo(200);
    }
}
