package io.swarmctl.controller.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmctl.agent.AgentConfig;
import io.swarmctl.agent.NodeAgent;
import io.swarmctl.agent.machine.Machine;
import io.swarmctl.agent.machine.MachineException;
import io.swarmctl.agent.machine.Output;
import io.swarmctl.agent.machine.SealedTexts;
import io.swarmctl.common.wire.Action;
import io.swarmctl.common.wire.Facts;
import io.swarmctl.common.wire.JoinTokens;
import io.swarmctl.common.wire.MemoryCgroup;
import io.swarmctl.controller.server.TestFleet;
import io.swarmctl.controller.server.faults.Cable.State;
import io.swarmctl.controller.simulate.SeededWork;
import io.swarmctl.controller.simulate.SimulatedMachine;
import io.swarmctl.controller.simulate.SimulatedMachine.Board;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A board with its card, its cable and its agent, which are taken from it and given back. Used by one thread. */
final class SimulatedBoard {
    private static final Duration ACTION = Duration.ofMillis(80);
    private static final long STOP_MILLIS = 30_000;

    private final TestFleet fleet;
    private final Path directory;
    private final String enrolmentKey;
    private final Board board;
    private final Cable cable;
    private final SeededWork work;
    private int cards;
    private Path card;
    private SimulatedMachine machine;
    private @Nullable Thread agent;

    /** Set by the test, read by the agent's thread. */
    private volatile boolean killed;

    SimulatedBoard(TestFleet fleet, Path directory, int number, String enrolmentKey, long seed) throws IOException {
        this.fleet = fleet;
        this.directory = directory;
        this.enrolmentKey = enrolmentKey;
        this.board = new Board("serial-" + number, "Raspberry Pi 3 Model B Rev 1.2", "10.0.0." + (number + 1));
        this.cable = new Cable("cable-" + number, fleet::gatewayPort);
        this.work = new SeededWork(seed * 31 + number, ACTION);
        newCard();
    }

    String serial() {
        return board.serial();
    }

    Cable cable() {
        return cable;
    }

    SeededWork work() {
        return work;
    }

    SimulatedMachine machine() {
        return machine;
    }

    /** The number of the card that is in it. */
    int cards() {
        return cards;
    }

    /** The spec that the agent keeps on its card, as it stands there. */
    Optional<String> keptSpec() {
        try {
            return Optional.of(Files.readString(card.resolve("state/spec.jws")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    boolean isRunning() {
        return agent != null;
    }

    /** Another card, and nothing of what the old one knew; the machine keeps its serial. */
    void newCard() throws IOException {
        cards++;
        card = Files.createDirectories(directory.resolve(board.serial() + "-card-" + cards));
        Files.writeString(card.resolve("enrolment.key"), enrolmentKey);
        SealedTexts before = text -> {
            throw new IllegalStateException("no agent has run on this card");
        };
        machine = new SimulatedMachine(board, fleet.swarms(), before, MemoryCgroup.NOT_ASKED_FOR, work);
    }

    void start() {
        killed = false;
        SimulatedMachine current = machine;
        AgentConfig config = new AgentConfig(
                List.of("127.0.0.1:" + cable.port()),
                false,
                fleet.caFile(),
                card.resolve("enrolment.key"),
                card.resolve("state"),
                card,
                card.resolve("boot"));
        agent = new Thread(() -> runForEver(config, current), "agent-" + board.serial());
        agent.start();
    }

    /** Nothing that the agent does from now on is heard, and what it is in the middle of stays undone. */
    void kill() throws InterruptedException {
        Thread current = agent;
        if (current == null) {
            return;
        }
        killed = true;
        cable.set(State.REFUSING);
        current.interrupt();
        current.join(STOP_MILLIS);
        assertThat(current.isAlive()).as("the agent of " + serial() + " ends").isFalse();
        agent = null;
    }

    /** Puts the cable back, and starts the agent if it does not run. */
    void back() {
        cable.set(State.IN);
        machine.reachable(true);
        if (agent == null) {
            start();
        }
    }

    /** Kills what runs. */
    void end() throws InterruptedException, IOException {
        kill();
        cable.close();
    }

    /** As the service manager does it: whatever ends the agent, it is started again. */
    private void runForEver(AgentConfig config, SimulatedMachine current) {
        while (!killed) {
            boolean rebooted = Thread.interrupted();
            if (rebooted && killed) {
                return;
            }
            try {
                new NodeAgent(config, "test", () -> false, InstantSource.system()).run((settings, sealedTexts) -> {
                    current.restart(sealedTexts);
                    return new EndedByReboot(current);
                });
            } catch (InterruptedException e) {
                // Killed, or the machine reboots.
            } catch (Exception e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            }
        }
    }

    /** A machine whose reboot ends the agent on it, as a real one's does. */
    private record EndedByReboot(SimulatedMachine machine) implements Machine {
        @Override
        public Facts facts() {
            return machine.facts();
        }

        @Override
        public void apply(Action action, Output output) throws MachineException {
            machine.apply(action, output);
        }

        @Override
        public Optional<JoinTokens> joinTokens() {
            return machine.joinTokens();
        }

        @Override
        public void reboot() {
            machine.reboot();
            Thread.currentThread().interrupt();
        }
    }
}
