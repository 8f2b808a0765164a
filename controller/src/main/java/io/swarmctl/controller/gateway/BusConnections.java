package io.swarmctl.controller.gateway;

import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The nodes' live connections to the bus. Used from several event loops, so its methods exclude each other. */
final class BusConnections {
    /** One is in use; after a cut, old ones may linger until their silence is noticed. */
    private static final int MOST_FOR_A_NODE = 4;

    private final Map<String, List<Connection>> byNode = new TreeMap<>();
    private final Presence presence;

    private record Connection(NodeKey node, NetSocket socket) {}

    BusConnections(Presence presence) {
        this.presence = presence;
    }

    synchronized void add(NodeKey node, NetSocket socket) {
        boolean isNew = !byNode.containsKey(node.nodeId());
        List<Connection> open = byNode.computeIfAbsent(node.nodeId(), id -> new ArrayList<>());
        open.add(new Connection(node, socket));
        if (open.size() > MOST_FOR_A_NODE) {
            open.get(0).socket().close();
        }
        if (isNew) {
            presence.connected(Set.copyOf(byNode.keySet()));
        }
    }

    synchronized void remove(NodeKey node, NetSocket socket) {
        List<Connection> open = byNode.get(node.nodeId());
        if (open == null || !open.removeIf(one -> one.socket() == socket) || !open.isEmpty()) {
            return;
        }
        byNode.remove(node.nodeId());
        presence.connected(Set.copyOf(byNode.keySet()));
    }

    /** Ends the connections of nodes, or made with keys, that may not have one any more. */
    void cut(Predicate<NodeKey> mayStay) {
        all().filter(one -> !mayStay.test(one.node()))
                .forEach(one -> one.socket().close());
    }

    private synchronized Stream<Connection> all() {
        return byNode.values().stream().flatMap(List::stream).toList().stream();
    }
}
