package io.swarmctl.controller.server;

import io.swarmctl.agent.AgentConfig;
import io.swarmctl.agent.NodeAgent;
import io.swarmctl.agent.machine.Diagnostics;
import io.swarmctl.agent.machine.Machine;
import io.swarmctl.agent.machine.MachineClock;
import io.swarmctl.agent.machine.MachineException;
import io.swarmctl.agent.machine.Output;
import io.swarmctl.agent.machine.Workbench;
import io.swarmctl.common.trust.Certificates;
import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.Benchmark.Measured;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.JoinTokens;
import io.swarmctl.common.wire.MemoryCgroup;
import io.swarmctl.controller.fleet.EnrolmentKeyCommands;
import io.swarmctl.controller.fleet.EnrolmentKeyCommands.Minted;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetEvent;
import io.swarmctl.controller.fleet.FleetLoop.Change;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.gateway.PackageGate;
import io.swarmctl.controller.gather.Archive;
import io.swarmctl.controller.policy.FleetYaml;
import io.swarmctl.controller.simulate.SimulatedMachine;
import io.swarmctl.controller.simulate.SimulatedMachine.Board;
import io.swarmctl.controller.simulate.SimulatedSwarm;
import io.swarmctl.controller.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real controller and real agents on loopback; only the machines below the agents are simulated. */
public final class TestFleet {
    private static final int WAIT_SECONDS = 30;
    private static final int MOST_EVENTS = 1_000;

    private final Path directory;
    private final SimulatedSwarm swarms = new SimulatedSwarm();
    private final Map<String, Thread> agents = new ConcurrentHashMap<>();
    private final Map<String, List<Action>> applied = new ConcurrentHashMap<>();
    private final Map<String, SimulatedMachine> machines = new ConcurrentHashMap<>();
    private volatile BiConsumer<String, Action> onApply = (serial, action) -> {};
    private volatile BiConsumer<String, Action> onApplied = (serial, action) -> {};
    private Store store;
    private RunningController controller;
    private Path data;
    private int gatewayPort;
    private int httpsPort;
    private int kills;
    private final List<String> packageUpstreams;
    private final int fetchAtOnce;
    private @Nullable Archive gathering;

    public TestFleet(Path directory) throws Exception {
        this(directory, List.of());
    }

    /** @param packageUpstreams archives on this machine that packages may come from */
    public TestFleet(Path directory, List<String> packageUpstreams) throws Exception {
        this(directory, packageUpstreams, PackageGate.NODES_AT_ONCE);
    }

    /** @param fetchAtOnce how many nodes fetch packages at once */
    public TestFleet(Path directory, List<String> packageUpstreams, int fetchAtOnce) throws Exception {
        this.fetchAtOnce = fetchAtOnce;
        this.directory = directory;
        this.packageUpstreams = List.copyOf(packageUpstreams);
        this.data = directory.resolve("controller");
        startController();
    }

    /** Has the next controller gather Docker's packages from there. */
    public void gatherFrom(Archive archive) {
        gathering = archive;
    }

    public void startController() throws Exception {
        startController(InstantSource.system());
    }

    /** Starts the controller with a clock of its own. */
    public void startController(InstantSource clock) throws Exception {
        Files.createDirectories(data);
        store = Store.open(data, clock);
        controller = RunningController.start(
                new RunningController.Options(
                        "test",
                        "127.0.0.1",
                        httpsPort,
                        gatewayPort,
                        List.of(),
                        new RunningController.Packages(
                                data.resolve("packages"), packageUpstreams, gathering, fetchAtOnce)),
                store,
                new FleetYaml(),
                clock);
        gatewayPort = controller.gatewayPort();
        httpsPort = controller.httpsPort();
        leaveWord(data);
        Files.writeString(caFile(), Certificates.toPem(controller.ca()));
    }

    /** As the controller's process does, for the command line. */
    private void leaveWord(Path place) throws IOException {
        Files.writeString(place.resolve("ca.crt"), Certificates.toPem(controller.ca()));
        Files.writeString(place.resolve("https.port"), String.valueOf(controller.httpsPort()));
    }

    /** What the controller keeps. */
    public Path data() {
        return data;
    }

    public void stopController() {
        controller.close();
        store.close();
    }

    /**
     * As kill -9 does: from one moment to the next nothing is stored any more, what was is all that the next controller
     * finds, and who has not been answered will not be. The old one's threads are then ended in peace.
     */
    public void killController() throws IOException, SQLException {
        kills++;
        Path kept = directory.resolve("controller-" + kills);
        Files.move(data, kept);
        try (Connection database = DriverManager.getConnection(
                        "jdbc:h2:file:" + data.resolve("store").toAbsolutePath() + ";IFEXISTS=TRUE", "swarmctl", "");
                Statement statement = database.createStatement()) {
            statement.execute("SHUTDOWN IMMEDIATELY");
        }
        data = kept;
        stopController();
    }

    public Path caFile() {
        return directory.resolve("ca.crt");
    }

    public int gatewayPort() {
        return gatewayPort;
    }

    public RunningController controller() {
        return controller;
    }

    public SimulatedSwarm swarms() {
        return swarms;
    }

    /** The timeline, newest first. */
    public List<FleetEvent> events() throws IOException {
        return store.fleet().events(MOST_EVENTS);
    }

    public Fleet fleet() {
        return controller.loop().fleet();
    }

    public Fleet change(Change change) throws Exception {
        return controller.loop().change("test", change).get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    /** Makes an enrolment key for that many nodes. */
    public String enrolmentKey(int uses) throws Exception {
        Minted minted = EnrolmentKeyCommands.mint(Instant.now(), Duration.ofDays(1), uses, new SecureRandom());
        change(fleet -> EnrolmentKeyCommands.add(fleet, minted.key()));
        return minted.text();
    }

    /** Starts the agent of a board with its own card. */
    public void boot(String serial, String enrolmentKey) throws IOException {
        boot(serial, serial, enrolmentKey);
    }

    /** Starts an agent with that card, in a board with that serial or in something that says it is one. */
    public void boot(String card, String serial, String enrolmentKey) throws IOException {
        boot(card, serial, enrolmentKey, InstantSource.system(), MachineClock.RIGHT);
    }

    public void boot(String card, String serial, String enrolmentKey, InstantSource time, MachineClock clock)
            throws IOException {
        Path files = Files.createDirectories(card(card));
        Path key = files.resolve("enrolment.key");
        if (!Files.exists(files.resolve("state"))) {
            Files.writeString(key, enrolmentKey);
        }
        AgentConfig config = new AgentConfig(
                List.of("127.0.0.1:" + gatewayPort),
                false,
                caFile(),
                key,
                files.resolve("state"),
                files,
                files.resolve("boot"));
        Board board = new Board(
                serial,
                "Raspberry Pi 3 Model B Rev 1.2",
                "10.0." + agents.size() / 200 + "." + (agents.size() % 200 + 1));
        Thread thread = new Thread(() -> run(config, card, board, time, clock), "agent-" + card);
        agents.put(card, thread);
        thread.start();
    }

    /** Is told of every action when it begins, on the agents' threads. */
    public void onApply(BiConsumer<String, Action> listener) {
        onApply = listener;
    }

    /** Is told of every action when it is done, before the agent looks at the machine again, on the agents' threads. */
    public void onApplied(BiConsumer<String, Action> listener) {
        onApplied = listener;
    }

    /** Thrown by one of the listeners: the power is gone, and the agent ends where it is. */
    public static final class PowerCut extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** The board's card is destroyed: what was on it, and its part in a swarm, are gone. */
    public void destroy(String serial) throws Exception {
        halt(serial);
        SimulatedMachine machine = machines.remove(serial);
        if (machine != null) {
            machine.destroy();
        }
        try (Stream<Path> files = Files.walk(card(serial))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Changes a machine by hand, while no agent runs on it. */
    public SimulatedMachine machine(String serial) {
        return machines.get(serial);
    }

    /** What the machine was asked to do, in order. */
    public List<Action> applied(String serial) {
        return List.copyOf(applied.getOrDefault(serial, List.of()));
    }

    public Path card(String name) {
        return directory.resolve("card-" + name);
    }

    public void halt(String card) throws InterruptedException {
        Thread thread = agents.remove(card);
        thread.interrupt();
        thread.join(TimeUnit.SECONDS.toMillis(WAIT_SECONDS));
    }

    public boolean isRunning(String serial) {
        Thread thread = agents.get(serial);
        return thread != null && thread.isAlive();
    }

    public FleetNode node(String serial) {
        return fleet().node(serial).orElseThrow();
    }

    public void close() throws Exception {
        for (String card : List.copyOf(agents.keySet())) {
            halt(card);
        }
        stopController();
    }

    private void run(AgentConfig config, String card, Board board, InstantSource time, MachineClock clock) {
        List<Action> log = applied.computeIfAbsent(board.serial(), serial -> new ArrayList<>());
        try {
            new NodeAgent(config, "test", () -> false, time)
                    .run((settings, sealedTexts) -> new WatchedMachine(
                            machines.computeIfAbsent(
                                    card,
                                    blank -> new SimulatedMachine(
                                            board, swarms, sealedTexts, MemoryCgroup.AVAILABLE, (action, output) -> {
                                                onApply.accept(board.serial(), action);
                                                log.add(action);
                                                output.line("working on: " + action.title());
                                            })),
                            clock,
                            action -> onApplied.accept(board.serial(), action)));
        } catch (PowerCut e) {
            // As after a real one: the agent is there no more.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Has a clock of its own, and tells when an action is done. */
    private record WatchedMachine(Machine machine, MachineClock clock, Consumer<Action> done) implements Machine {
        @Override
        public Facts facts() throws MachineException {
            return machine.facts();
        }

        @Override
        public void apply(Action action, Output output) throws MachineException {
            machine.apply(action, output);
            done.accept(action);
        }

        @Override
        public Optional<JoinTokens> joinTokens() throws MachineException {
            return machine.joinTokens();
        }

        @Override
        public Diagnostics diagnostics() {
            return machine.diagnostics();
        }

        @Override
        public Workbench workbench() {
            return () -> new Workbench.Run(new Measured(Map.of("cpu-one", 15_000.0), Map.of()), 0, 48.5, 61.0);
        }

        @Override
        public void reboot() throws MachineException {
            machine.reboot();
        }
    }
}
