package io.swarmctl.controller.api;

import io.swarmctl.controller.api.Access.Level;
import io.swarmctl.controller.fleet.Diagnoses;
import io.swarmctl.controller.fleet.ExampleNodes;
import io.swarmctl.controller.fleet.Fleet;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The real API over TLS on a free port, with a fleet in memory behind it. */
public final class TestController implements AutoCloseable {
    public static final Map<Level, String> TOKENS =
            Map.of(Level.ADMIN, "admin-token", Level.OPERATOR, "operator-token", Level.VIEWER, "viewer-token");

    private final Vertx vertx = Vertx.vertx();
    private final TestCa ca = new TestCa();
    private final InstantSource clock = InstantSource.fixed(ExampleNodes.NOW);
    private final Map<String, Access> tokens = usual();
    private final MemoryFleet fleet;
    private final Map<String, Diagnoses.Taken> diagnoses = new ConcurrentHashMap<>();
    private final ApiServer server;
    private final int port;

    public TestController(Fleet initial, String... certificateNames) {
        fleet = new MemoryFleet(clock, initial);
        HttpServerOptions https = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(0)
                .setSsl(true)
                .setKeyCertOptions(ca.server(certificateNames));
        Ports ports = new Ports(
                fleet,
                fleet,
                this::check,
                new PlainPolicy(),
                nodeId -> Optional.ofNullable(diagnoses.get(nodeId)),
                clock,
                new SecureRandom(),
                new MemoryTokens(tokens));
        server = new ApiServer(vertx, https, new Identity("1.2.3", ca.certificate(), 8444), ports);
        port = await(server.start());
    }

    private Optional<Access> check(String token) {
        return Optional.ofNullable(tokens.get(token));
    }

    private static Map<String, Access> usual() {
        Map<String, Access> usual = new ConcurrentHashMap<>();
        TOKENS.forEach((level, token) ->
                usual.put(token, new Access(level.name().toLowerCase(Locale.ROOT), level)));
        return usual;
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(20, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    public MemoryFleet fleet() {
        return fleet;
    }

    /** What nodes have answered, by their ids. */
    public Map<String, Diagnoses.Taken> diagnoses() {
        return diagnoses;
    }

    public TestCa ca() {
        return ca;
    }

    public int port() {
        return port;
    }

    public String url() {
        return "https://localhost:" + port;
    }

    @Override
    public void close() {
        await(server.close());
        await(vertx.close());
    }
}
