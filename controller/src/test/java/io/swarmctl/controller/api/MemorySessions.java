package io.swarmctl.controller.api;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Sessions that a restart forgets, unless the same object is used again. */
public final class MemorySessions implements SessionStore {
    private final Map<String, Session> kept = new ConcurrentHashMap<>();

    @Override
    public List<Session> load() {
        return List.copyOf(kept.values());
    }

    @Override
    public void save(Session session) {
        kept.put(session.id(), session);
    }

    @Override
    public void remove(Collection<String> ids) {
        ids.forEach(kept::remove);
    }
}
