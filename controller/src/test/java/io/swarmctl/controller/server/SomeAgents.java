package io.swarmctl.controller.server;

import io.swarmctl.agent.AgentConfig;
import io.swarmctl.agent.NodeAgent;
import io.swarmctl.common.wire.MemoryCgroup;
import io.swarmctl.controller.simulate.SimulatedMachine;
import io.swarmctl.controller.simulate.SimulatedMachine.Board;
import io.swarmctl.controller.simulate.SimulatedMachine.Setting;
import io.swarmctl.controller.simulate.SimulatedSwarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Real agents on simulated machines that have something wrong with them. Used by one thread. */
final class SomeAgents {
    private static final long STOP_SECONDS = 30;

    private final Path directory;
    private final Map<String, Thread> running = new LinkedHashMap<>();

    SomeAgents(Path directory) {
        this.directory = directory;
    }

    void boot(String serial, TestFleet fleet, String key, Setting setting) throws IOException {
        List<String> controllers = List.of("127.0.0.1:" + fleet.gatewayPort());
        boot(serial, fleet.caFile(), controllers, key, setting, InstantSource.system());
    }

    void boot(String serial, Path ca, List<String> controllers, String key, Setting setting, InstantSource clock)
            throws IOException {
        Path card = Files.createDirectories(directory.resolve("card-" + serial));
        Path keyFile = Files.writeString(card.resolve("enrolment.key"), key);
        boot(
                serial,
                new AgentConfig(controllers, false, ca, keyFile, card.resolve("state"), card, card.resolve("boot")),
                setting,
                clock);
    }

    void boot(String serial, AgentConfig config, Setting setting, InstantSource clock) {
        Board board = new Board(serial, "Raspberry Pi 3 Model B Rev 1.2", "10.0.1." + (running.size() + 1));
        Thread thread = new Thread(() -> run(config, board, setting, clock), "agent-" + serial);
        running.put(serial, thread);
        thread.start();
    }

    void halt(String serial) throws InterruptedException {
        Thread thread = running.remove(serial);
        thread.interrupt();
        thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
    }

    void close() throws InterruptedException {
        for (String serial : List.copyOf(running.keySet())) {
            halt(serial);
        }
    }

    private static void run(AgentConfig config, Board board, Setting setting, InstantSource clock) {
        try {
            new NodeAgent(config, "test", () -> false, clock).run((settings, sealedTexts) -> {
                SimulatedMachine machine = new SimulatedMachine(
                        board, new SimulatedSwarm(), sealedTexts, MemoryCgroup.AVAILABLE, (action, output) -> {});
                machine.set(setting);
                return machine;
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
