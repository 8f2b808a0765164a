package io.swarmctl.controller.simulate;

import com.sun.jna.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the kernel keeps the threads of a process that wait. Since Linux 6.16 a process has lists of its own for them, up
 * to four for every processor: on two processors a simulation of a thousand nodes had more than a thousand threads in each
 * list, and spent most of its time in walking through them to wake one.
 *
 * <p>See {@code PR_FUTEX_HASH} in {@code linux/prctl.h}.
 */
final class FutexHash {
    private static final Logger LOG = LoggerFactory.getLogger(FutexHash.class);
    private static final int PR_FUTEX_HASH = 78;
    private static final long SET_SLOTS = 1;

    /** Rounded down to a power of two: one for every three to five threads of a node. */
    private static final int SLOTS_A_NODE = 8;

    private static final int FEWEST_SLOTS = 256;

    private FutexHash() {}

    /** Makes room for so many nodes' threads; older kernels have room, and other systems do without. */
    static void enlarge(int nodes) {
        long slots = Integer.highestOneBit(Math.max(FEWEST_SLOTS, SLOTS_A_NODE * nodes));
        try {
            int answer = Function.getFunction("c", "prctl")
                    .invokeInt(new Object[] {PR_FUTEX_HASH, SET_SLOTS, slots, 0L, 0L});
            LOG.debug("{} lists for threads that wait: {}", slots, answer);
        } catch (LinkageError e) {
            LOG.debug("the C library cannot be called", e);
        }
    }
}
