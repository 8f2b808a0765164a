package io.swarmctl.agent.machine;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** The way to packages that the fleet keeps for its nodes. */
@FunctionalInterface
public interface PackageRoute {
    /** There is none, and none is missed. */
    PackageRoute NONE = output -> {
        throw new Unusable("", false);
    };

    /**
     * Opens it, for one run of apt, when it is this node's turn: many nodes may want to fetch at the same time.
     *
     * @param output is told that the node waits
     * @throws Unusable when packages have to come directly from their archives
     */
    Opened open(Output output) throws Unusable, InterruptedException;

    /** Open until it is closed. */
    interface Opened extends AutoCloseable {
        /** Of an HTTP proxy on loopback, for root and apt's own user. */
        int port();

        /**
         * Domains that may be asked for there; each stands for all below it. Those that are asked by HTTPS there, though the
         * node asks by HTTP, begin with {@code https://}.
         */
        List<String> hosts();

        /** Connects to what the controller itself has. */
        Shelf shelf() throws IOException;

        /** Whether the controller could not be reached meanwhile. The next that is opened then waits for it. */
        default boolean isLost() {
            return false;
        }

        /** All has come: another node may have the turn. What is asked for later is given nevertheless, if not so surely. */
        default void endTurn() {}

        @Override
        void close();
    }

    /** Files that the controller has, one after the other. */
    interface Shelf extends AutoCloseable {
        /**
         * Gets one.
         *
         * @param path below the controller's own, as {@code /docker/...}
         * @param from the first byte that is wanted
         * @param most the longest that is taken, in bytes
         * @throws IOException when it does not come, or not all of it; what came is written
         */
        void get(String path, long from, long most, OutputStream to) throws IOException;

        @Override
        void close() throws IOException;
    }

    /** It cannot be used now. */
    final class Unusable extends Exception {
        private final boolean isTrouble;

        /** @param isTrouble whether it was meant to be */
        public Unusable(String reason, boolean isTrouble) {
            super(reason);
            this.isTrouble = isTrouble;
        }

        boolean isTrouble() {
            return isTrouble;
        }
    }
}
