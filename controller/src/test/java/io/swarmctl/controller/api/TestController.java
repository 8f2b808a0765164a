package io.swarmctl.controller.api;

import io.swarmctl.controller.api.Access.Level;
import io.swarmctl.controller.fleet.Diagnoses;
import io.swarmctl.controller.fleet.ExampleNodes;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.web.Dashboard;
import io.swarmctl.controller.web.FleetFeed;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
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
    private final WorkerExecutor sessionWrites = vertx.createSharedWorkerExecutor("sessions", 1);
    private final Sessions sessions;
    private final ApiServer server;
    private final int port;

    public TestController(Fleet initial, String... certificateNames) {
        this(initial, new PlainPolicy(), certificateNames);
    }

    /** @param policy reads and writes it as text */
    public TestController(Fleet initial, PolicyPort policy, String... certificateNames) {
        fleet = new MemoryFleet(clock, initial);
        HttpServerOptions https = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(0)
                .setSsl(true)
                .setKeyCertOptions(ca.server(certificateNames));
        SecureRandom random = new SecureRandom();
        sessions = sessions(random);
        Ports ports = new Ports(
                fleet,
                fleet,
                this::check,
                sessions,
                policy,
                nodeId -> Optional.ofNullable(diagnoses.get(nodeId)),
                clock,
                random,
                new MemoryTokens(tokens),
                new OnePackage(),
                () -> "swarmctl_nodes 1\n");
        FleetFeed feed = new FleetFeed(vertx, fleet, "1.2.3", clock);
        fleet.onChange(feed::changed);
        server = new ApiServer(
                vertx,
                https,
                new Identity("1.2.3", ca.certificate(), 8444),
                ports,
                new Dashboard(vertx, sessions, feed));
        port = await(server.start());
    }

    private Sessions sessions(SecureRandom random) {
        try {
            return new Sessions(this::check, new MemorySessions(), sessionWrites, clock, random);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<Access> check(String fingerprint) {
        return tokens.entrySet().stream()
                .filter(known -> AccessTokens.fingerprint(known.getKey()).equals(fingerprint))
                .map(Map.Entry::getValue)
                .findFirst();
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

    /** From now on the level's token opens nothing any more. */
    public void revoke(Level level) {
        tokens.remove(TOKENS.get(level));
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
