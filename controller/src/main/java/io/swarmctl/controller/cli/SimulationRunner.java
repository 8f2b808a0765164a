package io.swarmctl.controller.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs simulated nodes. Found with {@link java.util.ServiceLoader}, so that no other command loads agents. */
public interface SimulationRunner {
    /** How the version of every simulated agent ends. */
    String SIMULATED = " (simulated)";

    /** Whether it is a simulated node's id: no Pi has such a serial. */
    static boolean isSimulated(String nodeId) {
        return nodeId.matches("sim(m?[0-9]{1,19})-[0-9]{4,}");
    }

    /**
     * What is to be simulated.
     *
     * @param models as people write them, {@code 3B+}; the boards have them in turns
     * @param pace how many times as fast as real Pis work
     * @param arrive within which time all are switched on
     * @param state where the nodes' cards lie, to go on with them later; null to forget them at the end
     * @param record where to write down what happens when; null for nowhere
     */
    record Order(
            int nodes,
            long seed,
            List<String> models,
            double pace,
            Duration arrive,
            @Nullable Path state,
            @Nullable Path record) {
        public Order {
            models = List.copyOf(models);
        }
    }

    /**
     * How the nodes reach their controller.
     *
     * @param gateway {@code host:port}
     * @param ca the fleet CA's certificate as PEM
     */
    record Way(String gateway, String ca) {}

    /**
     * How many of the nodes stand how; each is counted once.
     *
     * @param off not switched on yet
     * @param knocking not enrolled yet
     * @param idle as they should be, and without a role
     * @param trouble what the last that failed or ended has said; empty when none did
     */
    record Standing(int off, int knocking, int working, int waiting, int idle, int ready, int failed, String trouble) {}

    /** Simulated nodes. Closed once, by who prepared them. */
    interface Simulation extends AutoCloseable {
        /** How many of them have never been enrolled, and need an enrolment key. */
        int blank();

        /**
         * Switches them on.
         *
         * @param enrolmentKey empty when none needs one
         * @throws IOException when their cards cannot be written
         */
        void start(String enrolmentKey) throws IOException;

        Standing standing();

        /** What the enrolled ones are called, sorted. */
        List<String> names();

        /**
         * Switches them all off.
         *
         * @throws IOException when their state cannot be kept, or not removed
         */
        @Override
        void close() throws IOException;
    }

    /**
     * Makes the nodes, and switches none on.
     *
     * @throws IllegalArgumentException when no such nodes can be simulated; the message says why
     * @throws IOException when the directory cannot be used; the message says why
     */
    Simulation prepare(Order order, Way way) throws IOException;
}
