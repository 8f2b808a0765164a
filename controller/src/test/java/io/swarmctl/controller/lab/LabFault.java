package io.swarmctl.controller.lab;

/**
 * Something goes wrong for a while.
 *
 * @param detail what the kind needs to be told, or empty
 * @param pi whom it happens to; empty for the controller
 * @param atSeconds after the Pis have booted
 * @param forSeconds how long it lasts
 */
record LabFault(Kind kind, String detail, String pi, int atSeconds, int forSeconds) {
    enum Kind {
        POWER_CUT,
        LINK_CUT,
        PACKET_LOSS,
        SLOW_NETWORK,
        BAD_MIRROR,
        FULL_CARD,
        KILLED_PROCESS,
        LOCKED_DPKG,
        CONTROLLER_KILLED
    }

    int endSeconds() {
        return atSeconds + forSeconds;
    }

    @Override
    public String toString() {
        return String.format("%5d s  %-10s %s %s, for %d s", atSeconds, pi, kind, detail, forSeconds);
    }
}
