package io.swarmctl.controller.server;

import io.swarmctl.agent.AgentConfig;
import io.swarmctl.agent.NodeAgent;
import io.swarmctl.agent.machine.Machine;
import io.swarmctl.agent.machine.MachineException;
import io.swarmctl.agent.machine.Output;
import io.swarmctl.common.trust.Certificates;
import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.JoinTokens;
import io.swarmctl.common.wire.MemoryCgroup;
import io.swarmctl.controller.api.PolicyPort;
import io.swarmctl.controller.fleet.EnrolmentKeyCommands;
import io.swarmctl.controller.fleet.EnrolmentKeyCommands.Minted;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.fleet.FleetEvent;
import io.swarmctl.controller.fleet.FleetLoop.Change;
import io.swarmctl.controller.fleet.FleetNode;
import io.swarmctl.controller.fleet.Policy;
import io.swarmctl.controller.simulate.SimulatedMachine;
import io.swarmctl.controller.simulate.SimulatedMachine.Board;
import io.swarmctl.controller.simulate.SimulatedSwarm;
import io.swarmctl.controller.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
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
    private int gatewayPort;

    public TestFleet(Path directory) throws Exception {
        this.directory = directory;
        startController();
    }

    public void startController() throws Exception {
        Path data = directory.resolve("controller");
        Files.createDirectories(data);
        store = Store.open(data, InstantSource.system());
        controller = RunningController.start(
                new RunningController.Options("test", "127.0.0.1", 0, gatewayPort, List.of()),
                store,
                new NoPolicies(),
                InstantSource.system());
        gatewayPort = controller.gatewayPort();
        Files.writeString(directory.resolve("ca.crt"), Certificates.toPem(controller.ca()));
    }

    public void stopController() {
        controller.close();
        store.close();
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
        Path card = Files.createDirectories(directory.resolve("card-" + serial));
        Path key = card.resolve("enrolment.key");
        if (!Files.exists(card.resolve("state"))) {
            Files.writeString(key, enrolmentKey);
        }
        AgentConfig config = new AgentConfig(
                List.of("127.0.0.1:" + gatewayPort),
                false,
                directory.resolve("ca.crt"),
                key,
                card.resolve("state"),
                card);
        Board board = new Board(
                serial,
                "Raspberry Pi 3 Model B Rev 1.2",
                "10.0." + agents.size() / 200 + "." + (agents.size() % 200 + 1));
        Thread thread = new Thread(() -> run(config, board), "agent-" + serial);
        agents.put(serial, thread);
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

    /** The controller's data directory. */
    public Path data() {
        return directory.resolve("controller");
    }

    /** What the machine was asked to do, in order. */
    public List<Action> applied(String serial) {
        return List.copyOf(applied.getOrDefault(serial, List.of()));
    }

    public Path card(String serial) {
        return directory.resolve("card-" + serial);
    }

    public void halt(String serial) throws InterruptedException {
        Thread thread = agents.remove(serial);
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
        for (String serial : List.copyOf(agents.keySet())) {
            halt(serial);
        }
        stopController();
    }

    private void run(AgentConfig config, Board board) {
        List<Action> log = applied.computeIfAbsent(board.serial(), serial -> new ArrayList<>());
        try {
            new NodeAgent(config, "test", () -> false, InstantSource.system())
                    .run((settings, sealedTexts) -> new WatchedMachine(
                            machines.computeIfAbsent(
                                    board.serial(),
                                    serial -> new SimulatedMachine(
                                            board, swarms, sealedTexts, MemoryCgroup.AVAILABLE, (action, output) -> {
                                                onApply.accept(serial, action);
                                                log.add(action);
                                                output.line("working on: " + action.title());
                                            })),
                            action -> onApplied.accept(board.serial(), action)));
        } catch (PowerCut e) {
            // As after a real one: the agent is there no more.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Tells when an action is done. */
    private record WatchedMachine(Machine machine, Consumer<Action> done) implements Machine {
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
        public void reboot() throws MachineException {
            machine.reboot();
        }
    }

    /** No test of this fleet speaks to the API about policies. */
    private record NoPolicies() implements PolicyPort {
        @Override
        public Policy read(String yaml, Policy current) {
            return current;
        }

        @Override
        public String write(Policy policy) {
            return "";
        }

        @Override
        public List<String> diff(Policy before, Policy after) {
            return List.of();
        }

        @Override
        public String schema() {
            return "{}";
        }
    }
}
