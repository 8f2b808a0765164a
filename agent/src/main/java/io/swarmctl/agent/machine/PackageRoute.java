package io.swarmctl.agent.machine;

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

        /** All has come: another node may have the turn. What is asked for later is given nevertheless, if not so surely. */
        default void endTurn() {}

        @Override
        void close();
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
