package io.swarmctl.controller.gateway;

import io.vertx.core.net.NetSocket;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** The nodes' live connections to the bus. Used from several event loops, so its methods exclude each other. */
final class BusConnections {
    /** One is in use; after a cut, old ones may linger until their silence is noticed. */
    private static final int MOST_FOR_A_NODE = 4;

    private final Map<String, List<NetSocket>> sockets = new TreeMap<>();
    private final Presence presence;

    BusConnections(Presence presence) {
        this.presence = presence;
    }

    synchronized void add(String nodeId, NetSocket socket) {
        boolean isNew = !sockets.containsKey(nodeId);
        List<NetSocket> open = sockets.computeIfAbsent(nodeId, id -> new CopyOnWriteArrayList<>());
        open.add(socket);
        if (open.size() > MOST_FOR_A_NODE) {
            open.get(0).close();
        }
        if (isNew) {
            presence.connected(Set.copyOf(sockets.keySet()));
        }
    }

    synchronized void remove(String nodeId, NetSocket socket) {
        List<NetSocket> open = sockets.get(nodeId);
        if (open == null || !open.remove(socket) || !open.isEmpty()) {
            return;
        }
        sockets.remove(nodeId);
        presence.connected(Set.copyOf(sockets.keySet()));
    }

    /** Ends the connections of nodes that may not have one any more. */
    void cut(Predicate<String> mayStay) {
        nodes().stream()
                .filter(mayStay.negate())
                .map(this::of)
                .flatMap(Collection::stream)
                .forEach(NetSocket::close);
    }

    private synchronized Set<String> nodes() {
        return new TreeSet<>(sockets.keySet());
    }

    private synchronized List<NetSocket> of(String nodeId) {
        return List.copyOf(sockets.getOrDefault(nodeId, List.of()));
    }
}
