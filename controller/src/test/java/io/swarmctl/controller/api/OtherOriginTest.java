package io.swarmctl.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.controller.api.Access.Level;
import io.swarmctl.controller.fleet.ExampleNodes;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route of the API, from a page of another origin in the browser of somebody who is logged in. */
class OtherOriginTest {
    private static TestController controller;
    private static LoggedIn admin;

    @BeforeAll
    static void start() {
        controller = new TestController(ExampleNodes.fleet(ExampleNodes.arrived(3)), "localhost");
        admin = LoggedIn.as(Level.ADMIN, controller);
    }

    @AfterAll
    static void stop() {
        controller.close();
    }

    static Stream<AccessTest.Route> routes() {
        return AccessTest.routes().filter(route -> route.needs() != null);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aPageOfAnotherOriginCannotAsk(AccessTest.Route route) {
        for (Map<String, String> headers : List.of(
                Map.of("Origin", "https://elsewhere.example", "X-Swarmctl", "dashboard"),
                Map.of(
                        "Origin",
                        "https://elsewhere.example",
                        "X-Swarmctl",
                        "dashboard",
                        "Sec-Fetch-Site",
                        "cross-site"),
                Map.of("Origin", "null", "X-Swarmctl", "dashboard"),
                Map.of("Origin", controller.url().replace("https", "http"), "X-Swarmctl", "dashboard"),
                Map.of("Origin", controller.url() + "0", "X-Swarmctl", "dashboard"),
                Map.of("Origin", controller.url(), "X-Swarmctl", "dashboard", "Sec-Fetch-Site", "same-site"))) {
            assertThat(admin.ask(route.method(), route.path(), null, headers).statusCode())
                    .as("%s", headers)
                    .isEqualTo(403);
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    void whatChangesSomethingHasToComeFromThePageItself(AccessTest.Route route) {
        if (route.method().equals("GET")) {
            return;
        }
        assertThat(admin.ask(route.method(), route.path(), null, Map.of("Origin", controller.url()))
                        .statusCode())
                .isEqualTo(403);
        assertThat(admin.ask(route.method(), route.path(), null, Map.of("X-Swarmctl", "dashboard"))
                        .statusCode())
                .isEqualTo(403);
    }
}
