package io.swarmctl.controller.gateway;

import io.swarmctl.controller.gateway.Admittance.Peer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** The nodes' live connections to the bus. Used from several event loops, so its methods exclude each other. */
final class BusConnections {
    /** One is in use; after a cut, old ones may linger until their silence is noticed. */
    private static final int MOST_FOR_A_NODE = 4;

    /** A card of a node, and its connection. */
    private record Connection(Peer peer, NetSocket socket) {}

    private final Map<String, List<Connection>> connections = new TreeMap<>();
    private final Presence presence;

    BusConnections(Presence presence) {
        this.presence = presence;
    }

    synchronized void add(Peer peer, NetSocket socket) {
        boolean isNew = !connections.containsKey(peer.nodeId());
        List<Connection> open = connections.computeIfAbsent(peer.nodeId(), id -> new CopyOnWriteArrayList<>());
        open.add(new Connection(peer, socket));
        if (open.size() > MOST_FOR_A_NODE) {
            open.get(0).socket().close();
        }
        if (isNew) {
            presence.connected(Set.copyOf(connections.keySet()));
        }
    }

    synchronized void remove(Peer peer, NetSocket socket) {
        List<Connection> open = connections.get(peer.nodeId());
        if (open == null || !open.remove(new Connection(peer, socket)) || !open.isEmpty()) {
            return;
        }
        connections.remove(peer.nodeId());
        presence.connected(Set.copyOf(connections.keySet()));
    }

    /** Ends the connections of those who may not have one any more. */
    void cut(Predicate<Peer> mayStay) {
        all().stream()
                .filter(connection -> !mayStay.test(connection.peer()))
                .forEach(connection -> connection.socket().close());
    }

    private synchronized List<Connection> all() {
        return connections.values().stream().flatMap(List::stream).toList();
    }
}
