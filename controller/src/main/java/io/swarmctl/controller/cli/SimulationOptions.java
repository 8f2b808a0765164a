package io.swarmctl.controller.cli;

import io.swarmctl.controller.cli.SimulationRunner.Order;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which nodes are simulated. */
final class SimulationOptions {
    private static final int MOST_NODES = 2_000;
    private static final double SLOWEST = 0.1;
    private static final double FASTEST = 1_000;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many (default ${DEFAULT-VALUE}).")
    private int nodes = 10;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Which boards, and what goes wrong with them: the same seed, the same rack "
                    + "(default ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--pace",
            paramLabel = "X",
            defaultValue = "1",
            description = "Work goes X times as fast as on real Pis (default ${DEFAULT-VALUE}). The agents' own "
                    + "pauses stay as they are.")
    private double pace = 1;

    @Option(
            names = "--arrive",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = Durations.class,
            description = "Within which time all are switched on (default ${DEFAULT-VALUE}).")
    private Duration arrive = Duration.ofSeconds(30);

    @Option(
            names = "--models",
            paramLabel = "LIST",
            split = ",",
            defaultValue = "3B,3B+",
            description = "Which boards there are, in turns: 3B, 3B+, 4B, 5 (default ${DEFAULT-VALUE}).")
    private List<String> models = List.of("3B", "3B+");

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Keep the nodes there, to go on with them later (default: they are forgotten at the end).")
    private @Nullable Path state;

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description = "Write down what happens to each node and when, as CSV.")
    private @Nullable Path record;

    Order read() throws CliException {
        if (nodes < 1 || nodes > MOST_NODES) {
            throw CliException.usage("'" + nodes + "' nodes cannot be simulated", "give 1 to " + MOST_NODES);
        }
        // Not so when it is no number at all.
        if (!(pace >= SLOWEST && pace <= FASTEST)) {
            throw CliException.usage("'" + pace + "' is no pace", "give " + SLOWEST + " to " + (int) FASTEST);
        }
        return new Order(nodes, seed, models, pace, arrive, state, record);
    }
}
