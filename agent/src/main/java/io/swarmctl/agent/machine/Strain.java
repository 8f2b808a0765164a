package io.swarmctl.agent.machine;

import org.jspecify.annotations.Nullable;

/** What a board felt from one moment on, by what its firmware said now and then. Used by one thread. */
final class Strain {
    /** Under-voltage, capped frequency, throttled, too warm. */
    private static final int NOW = 0xf;

    /** How far above them the same stand as "at some time since the board was switched on". */
    private static final int SINCE_BOOT = 16;

    private @Nullable Integer first;
    private int seen;

    /** @param bits as the firmware says them; null when it does not answer */
    void see(@Nullable Integer bits) {
        if (bits == null) {
            return;
        }
        int before = first == null ? bits : first;
        first = before;
        // What has come since the first look, between two looks, is in the upper bits only.
        seen |= (bits & NOW) | (((bits & ~before) >>> SINCE_BOOT) & NOW);
    }

    /** The bits that were set at some time; null when the firmware never answered. */
    @Nullable
    Integer bits() {
        return first == null ? null : seen;
    }
}
