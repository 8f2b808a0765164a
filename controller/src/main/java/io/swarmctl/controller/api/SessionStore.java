package io.swarmctl.controller.api;

import java.io.IOException;
import java.util.Collection;
import java.util.List;

/** Keeps sessions, so that a controller that starts again logs nobody out. Calls block. */
public interface SessionStore {
    /** @throws IOException when the store cannot be read */
    List<Session> load() throws IOException;

    /** @throws IOException when it cannot be stored */
    void save(Session session) throws IOException;

    /**
     * Forgets them, those too that it does not have.
     *
     * @throws IOException when that cannot be stored
     */
    void remove(Collection<String> ids) throws IOException;
}
