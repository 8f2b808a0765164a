package io.swarmctl.controller.store;

import java.io.IOException;
import java.util.Optional;

/** The controller's own keys, encrypted where they lie. What {@code put} has returned from, a power cut does not undo. */
public interface Secrets {
    /** @throws IOException when the store cannot be read */
    Optional<byte[]> get(String name) throws IOException;

    /**
     * Replaces what was under that name.
     *
     * @throws IOException when it cannot be stored; then the old content stays
     */
    void put(String name, byte[] content) throws IOException;
}
