package io.swarmctl.controller.gateway;

import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.gateway.Admittance.Peer;
import io.vertx.core.net.NetSocket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The open connections of nodes to one service, and how many more each may open. Connections belong to different event
 * loops, also those of one node; any thread may use it.
 */
final class NodeConnections {
    private final int atOnce;
    private final double aSecond;
    private final Map<Peer, TokenBucket> shares = new ConcurrentHashMap<>();
    private final Map<NetSocket, Peer> open = new ConcurrentHashMap<>();

    /** How many of these are whose: looking at them all for each that comes would take long when thousands come at once. */
    private final Map<Peer, Integer> counts = new ConcurrentHashMap<>();

    /**
     * @param atOnce how many a node may open in a row
     * @param aSecond how many more it may open each second
     */
    NodeConnections(int atOnce, double aSecond) {
        this.atOnce = atOnce;
        this.aSecond = aSecond;
    }

    /** Whether the node may open one now, which is counted. */
    boolean takeShare(Peer peer) {
        long now = System.nanoTime();
        TokenBucket share = shares.computeIfAbsent(peer, key -> new TokenBucket(atOnce, aSecond, now));
        synchronized (share) {
            boolean left = share.until(1, now).isZero();
            if (left) {
                share.take(1, now);
            }
            return left;
        }
    }

    void add(Peer peer, NetSocket socket) {
        open.put(socket, peer);
        counts.merge(peer, 1, Integer::sum);
    }

    void remove(NetSocket socket) {
        Peer peer = open.remove(socket);
        if (peer != null) {
            counts.computeIfPresent(peer, (key, own) -> own == 1 ? null : own - 1);
        }
    }

    int count() {
        return open.size();
    }

    int countOf(Peer peer) {
        return counts.getOrDefault(peer, 0);
    }

    /** Ends those of nodes that this fleet does not let in. */
    void enforce(Fleet current) {
        open.forEach((socket, peer) -> {
            if (!Admittance.mayUseBus(current, peer)) {
                socket.close();
            }
        });
        shares.keySet().removeIf(peer -> !Admittance.mayUseBus(current, peer));
    }

    void closeAll() {
        open.keySet().forEach(NetSocket::close);
    }
}
