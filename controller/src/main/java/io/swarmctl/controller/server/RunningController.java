package io.swarmctl.controller.server;

import io.swarmctl.common.wire.Services;
import io.swarmctl.controller.api.ApiServer;
import io.swarmctl.controller.api.Identity;
import io.swarmctl.controller.api.PolicyPort;
import io.swarmctl.controller.api.Ports;
import io.swarmctl.controller.api.Sessions;
import io.swarmctl.controller.bus.BenchmarkIntake;
import io.swarmctl.controller.bus.DiagnosisIntake;
import io.swarmctl.controller.bus.FleetBus;
import io.swarmctl.controller.bus.LogIntake;
import io.swarmctl.controller.bus.ReportIntake;
import io.swarmctl.controller.cache.PackageCache;
import io.swarmctl.controller.enrol.Door;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetLoop;
import io.swarmctl.controller.fleet.FleetStore;
import io.swarmctl.controller.fleet.SpecWriter;
import io.swarmctl.controller.gateway.AgentGateway;
import io.swarmctl.controller.gateway.AgentGateway.Listen;
import io.swarmctl.controller.gateway.BusGate;
import io.swarmctl.controller.gateway.BusGate.Member;
import io.swarmctl.controller.gateway.GatewayCounters;
import io.swarmctl.controller.gateway.LinkGate;
import io.swarmctl.controller.gateway.NodeCheck;
import io.swarmctl.controller.gateway.PackageGate;
import io.swarmctl.controller.gateway.PackageShelf;
import io.swarmctl.controller.gather.Archive;
import io.swarmctl.controller.gather.DockerGathering;
import io.swarmctl.controller.metrics.Metrics;
import io.swarmctl.controller.store.Store;
import io.swarmctl.controller.web.Dashboard;
import io.swarmctl.controller.web.FleetFeed;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A controller at work: started part by part, closed in the opposite order. */
public final class RunningController implements AutoCloseable {
    private static final int START_SECONDS = 60;
    private static final int FLEET_ID_BYTES = 4;
    private static final int CRYPTO_THREADS = 2;
    private static final int MOST_KNOCKING = 2_000;

    private final Closing closing;
    private final X509Certificate ca;
    private final int httpsPort;
    private final int gatewayPort;
    private final List<String> names;
    private final StoredFleetLoop loop;
    private final OnBus bus;

    /** The bus, and what has gone onto it. */
    private record OnBus(FleetBus member, GatewayCounters counters) {}

    /** What a controller is started with; port 0 takes a free one. */
    public record Options(
            String version, String host, int httpsPort, int gatewayPort, List<String> extraNames, Packages packages) {}

    /**
     * What the package cache is started with.
     *
     * @param directory where it keeps its files
     * @param inside archives that may have an address inside the network, as {@code host[:port]}
     * @param docker where Docker's packages are gathered from; null: nobody gathers them
     * @param nodesAtOnce how many nodes fetch at once; the others wait for their turn
     */
    public record Packages(
            Path directory, List<String> inside, @Nullable Archive docker, int nodesAtOnce) {
        public Packages {
            inside = List.copyOf(inside);
        }

        /** With as many nodes at once as is good for a fleet. */
        public Packages(Path directory, List<String> inside, @Nullable Archive docker) {
            this(directory, inside, docker, PackageGate.NODES_AT_ONCE);
        }
    }

    private RunningController(
            Closing closing,
            X509Certificate ca,
            int httpsPort,
            int gatewayPort,
            List<String> names,
            StoredFleetLoop loop,
            OnBus bus) {
        this.closing = closing;
        this.ca = ca;
        this.httpsPort = httpsPort;
        this.gatewayPort = gatewayPort;
        this.names = names;
        this.loop = loop;
        this.bus = bus;
    }

    /**
     * Starts everything.
     *
     * @throws IOException when a part cannot start, as when a port is taken; then nothing is left running
     */
    public static RunningController start(Options options, Store store, PolicyPort policies, InstantSource clock)
            throws IOException, InterruptedException {
        Closing closing = new Closing();
        try {
            return start(options, store, policies, clock, closing);
        } catch (IOException | RuntimeException | InterruptedException e) {
            closing.close();
            throw e;
        }
    }

    private static RunningController start(
            Options options, Store store, PolicyPort policies, InstantSource clock, Closing closing)
            throws IOException, InterruptedException {
        Fleet fleet = loadOrFound(store.fleet());
        FleetSecrets secrets = FleetSecrets.loadOrCreate(store.secrets(), fleet.id(), clock.instant());
        Function<Instant, ServerIdentity> certify =
                now -> ServerIdentity.certifiedBy(secrets.ca(), options.extraNames(), now);
        ServerIdentity identity = certify.apply(clock.instant());
        Vertx vertx = Vertx.vertx();
        closing.add(() -> await("Vert.x", vertx.close()));

        FleetBus bus = FleetBus.start(secrets.busCluster(), secrets.keys());
        closing.add(bus);
        Onlookers onlookers = new Onlookers();
        Metrics metrics = new Metrics();
        FleetStore fleetStore = metrics.measured(store.fleet());
        SpecWriter writer = new SpecWriter(secrets.keys().publicJwk());
        StoredFleetLoop loop =
                new StoredFleetLoop(fleet, fleetStore, writer, bus, onlookers, metrics.planner()::stepped, clock);
        metrics.addFleet(loop::fleet, loop::waiting, clock);
        closing.add(loop);
        loop.start();
        LogIntake logs = new LogIntake(loop, fleetStore, clock);
        closing.add(logs);
        logs.start();
        ReportIntake reports = new ReportIntake(loop, secrets.keys(), logs::receive, clock);
        closing.add(reports);
        reports.start();
        bus.listen(reports::receive, logs::receive);
        DiagnosisIntake diagnoses = new DiagnosisIntake(loop, clock);
        closing.add(diagnoses);
        diagnoses.start();
        BenchmarkIntake benchmarks = new BenchmarkIntake(loop, fleetStore, clock);
        closing.add(benchmarks);
        benchmarks.start();
        bus.listenToAnswers(diagnoses::receive, benchmarks::receive);

        ExecutorService crypto = cryptoThreads();
        closing.add(crypto::shutdownNow);
        Door door = new Door(loop, secrets.ca(), secrets.keys(), secrets.busCluster(), crypto, clock);
        ConnectedNodes connected = new ConnectedNodes(loop, ConnectedNodes.inAMoment());
        closing.add(connected);
        NodeCheck check = new NodeCheck(vertx, loop::fleet, new GatewayEvents(loop));
        closing.add(check::close);
        metrics.addGateway(check.counters());
        PackageCache packages = new PackageCache(
                vertx,
                options.packages().directory(),
                new CachePolicy(
                        () -> loop.fleet().policy().packageCache(),
                        options.packages().inside()),
                clock);
        closing.add(packages);
        metrics.addCache(packages::statistics);
        PackageShelf shelf = gathering(options.packages(), loop, onlookers, closing);
        Member member = new Member(bus.port(), secrets.busCluster(), bus::partitionOf);
        AgentGateway gateway = new AgentGateway(
                vertx,
                new Listen(options.host(), options.gatewayPort(), identity.key(), identity.trust()),
                door,
                Map.of(
                        Services.BUS, new BusGate(vertx, member, check, connected),
                        Services.LINK, new LinkGate(vertx, check),
                        Services.PACKAGES,
                                packageGate(
                                        vertx,
                                        check,
                                        packages,
                                        shelf,
                                        options.packages().nodesAtOnce(),
                                        metrics)));
        int gatewayPort = listen("the agent gateway", options.gatewayPort(), "gateway-port", gateway.start());
        closing.add(() -> await("the agent gateway", gateway.close()));
        onlookers.add(gateway::enforce);

        WorkerExecutor sessionWrites = vertx.createSharedWorkerExecutor("sessions", 1);
        closing.add(() -> await("sessions", sessionWrites.close()));
        SecureRandom random = new SecureRandom();
        Sessions sessions = new Sessions(store.accessTokens(), store.sessions(), sessionWrites, clock, random);
        FleetFeed feed = new FleetFeed(vertx, loop, options.version(), clock);
        onlookers.add(changed -> feed.changed());
        ApiServer api = new ApiServer(
                vertx,
                new HttpServerOptions()
                        .setHost(options.host())
                        .setPort(options.httpsPort())
                        .setSsl(true)
                        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"))
                        .setKeyCertOptions(identity.key()),
                new Identity(options.version(), secrets.ca().certificate(), gatewayPort),
                new Ports(
                        loop,
                        fleetStore,
                        store.accessTokens(),
                        sessions,
                        policies,
                        diagnoses,
                        clock,
                        random,
                        store.tokenBook(),
                        packages,
                        metrics::text),
                new Dashboard(vertx, sessions, feed));
        int httpsPort = listen("HTTPS", options.httpsPort(), "https-port", api.start());
        closing.add(() -> await("HTTPS", api.close()));
        closing.add(new IdentityRenewal(vertx, clock, identity, certify, List.of(gateway::identify, api::identify)));
        return new RunningController(
                closing,
                secrets.ca().certificate(),
                httpsPort,
                gatewayPort,
                identity.names(),
                loop,
                new OnBus(bus, check.counters()));
    }

    private static PackageShelf gathering(Packages options, FleetLoop loop, Onlookers onlookers, Closing closing) {
        Archive archive = options.docker();
        if (archive == null) {
            return PackageShelf.EMPTY;
        }
        DockerGathering gathering = new DockerGathering(options.directory().resolveSibling("docker"), archive, loop);
        closing.add(gathering);
        onlookers.add(gathering::follow);
        gathering.start();
        return gathering::open;
    }

    public X509Certificate ca() {
        return ca;
    }

    public int httpsPort() {
        return httpsPort;
    }

    public int gatewayPort() {
        return gatewayPort;
    }

    /** Where the Hazelcast member listens, on loopback. */
    public int memberPort() {
        return bus.member().port();
    }

    /** What agents have sent to the bus, and what was refused. */
    public GatewayCounters gatewayCounters() {
        return bus.counters();
    }

    /** The machine's own name and addresses, under which this controller may be reached. */
    public List<String> names() {
        return names;
    }

    public FleetLoop loop() {
        return loop;
    }

    @Override
    public void close() {
        closing.close();
    }

    private static Fleet loadOrFound(FleetStore store) throws IOException {
        Optional<Fleet> stored = store.load();
        if (stored.isPresent()) {
            return stored.get();
        }
        byte[] id = new byte[FLEET_ID_BYTES];
        new SecureRandom().nextBytes(id);
        Fleet founded = Fleet.empty(HexFormat.of().formatHex(id));
        store.save(founded, founded, List.of());
        return founded;
    }

    private static PackageGate packageGate(
            Vertx vertx, NodeCheck check, PackageCache packages, PackageShelf shelf, int nodesAtOnce, Metrics metrics) {
        PackageGate gate = new PackageGate(vertx, check, packages, shelf, nodesAtOnce);
        metrics.addPackageTurns(gate::nodesFetching, gate::nodesWaiting);
        return gate;
    }

    private static ExecutorService cryptoThreads() {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(
                CRYPTO_THREADS,
                CRYPTO_THREADS,
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(MOST_KNOCKING),
                work -> new Thread(work, "door-" + number.incrementAndGet()));
    }

    private static int listen(String what, int port, String option, Future<Integer> begun)
            throws IOException, InterruptedException {
        try {
            return await(what, begun);
        } catch (IOException e) {
            throw ListenFailure.of(what, port, option, e);
        }
    }

    private static <T> T await(String what, Future<T> future) throws IOException, InterruptedException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(what + ": " + cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new IOException(what + " took longer than " + START_SECONDS + " s", e);
        }
    }
}
