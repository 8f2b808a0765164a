package io.swarmctl.controller.gateway.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The bytes of a message that has not come whole. Grows with what came, not with what was announced. */
final class Kept {
    private static final int AT_FIRST = 256;

    private byte[] bytes = new byte[AT_FIRST];
    private int size;

    int size() {
        return size;
    }

    /** Moves bytes over until there are as many as wanted; whether there are. */
    boolean fill(ByteBuffer from, int wanted) {
        int moved = Math.min(wanted - size, from.remaining());
        if (size + moved > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(wanted, Math.max(size + moved, 2 * bytes.length)));
        }
        from.get(bytes, size, moved);
        size += moved;
        return size == wanted;
    }

    /** What was kept from there on, big endian. */
    ByteBuffer from(int start) {
        return ByteBuffer.wrap(bytes, start, size - start).slice();
    }

    /** All of it; nothing is kept any more then. */
    byte[] take() {
        byte[] all = Arrays.copyOf(bytes, size);
        size = 0;
        if (bytes.length > AT_FIRST) {
            bytes = new byte[AT_FIRST];
        }
        return all;
    }
}
