package io.swarmctl.agent.workload;

import java.time.Duration;

/** How quickly memory is copied, in pieces that no cache holds. */
final class Memory {
    private static final double BYTES_A_NANO_TO_MEGABYTES = 1e3;

    private Memory() {}

    /** In megabytes a second, each counted once though it is read and written. */
    static double copy(int size, Duration time) {
        byte[] from = new byte[size];
        byte[] to = new byte[size];
        long begun = System.nanoTime();
        long ends = begun + time.toNanos();
        long copied = 0;
        long now = begun;
        while (now < ends) {
            System.arraycopy(from, 0, to, 0, size);
            from[(int) (copied & 0xff)]++;
            copied += size;
            now = System.nanoTime();
        }
        return copied / (double) (now - begun) * BYTES_A_NANO_TO_MEGABYTES;
    }
}
