package io.swarmctl.common.wire;

import java.util.Locale;

/** Node ids: a node's identity is its board's serial, not its card, address or hostname. */
public final class NodeIds {
    private static final int MAX_LENGTH = 64;

    private NodeIds() {}

    /**
     * The node id of the board with that serial.
     *
     * @throws IllegalArgumentException when the serial has characters that no board's serial has
     */
    public static String ofSerial(String serial) {
        String id = serial.strip().toLowerCase(Locale.ROOT);
        if (!id.matches("[0-9a-z][0-9a-z._-]*") || id.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("'" + serial + "' is not a board serial");
        }
        return id;
    }
}
