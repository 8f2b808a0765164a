package io.swarmctl.controller.server.faults;

import io.swarmctl.agent.AgentConfig;
import io.swarmctl.agent.NodeAgent;
import io.swarmctl.common.wire.MemoryCgroup;
import io.swarmctl.controller.simulate.SeededWork;
import io.swarmctl.controller.simulate.SimulatedMachine;
import io.swarmctl.controller.simulate.SimulatedMachine.Board;
import io.swarmctl.controller.simulate.SimulatedSwarm;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;

/** The agent as its jar has it, in a process of its own, on a machine that harms nobody and where one action in eight fails. */
final class SoakedAgent {
    static final String SERIAL = "soaked";

    private static final int ONE_IN = 8;

    private SoakedAgent() {}

    /** Runs until it is ended. Takes the agent's configuration file. */
    public static void main(String[] arguments) throws Exception {
        Random random = new Random(1);
        SeededWork work = new SeededWork(1, Duration.ofMillis(300));
        work.breaks(action -> random.nextInt(ONE_IN) == 0);
        Board board = new Board(SERIAL, "Raspberry Pi 3 Model B Rev 1.2", "10.0.0.1");
        new NodeAgent(AgentConfig.read(Path.of(arguments[0])), "soak", () -> false, InstantSource.system())
                .run((settings, sealedTexts) ->
                        new SimulatedMachine(board, new SimulatedSwarm(), sealedTexts, MemoryCgroup.AVAILABLE, work));
    }
}
