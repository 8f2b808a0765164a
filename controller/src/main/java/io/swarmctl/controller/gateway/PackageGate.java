package io.swarmctl.controller.gateway;

import io.swarmctl.controller.cache.PackageCache;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.gateway.Admittance.Peer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the apt of the fleet's nodes fetch packages from the package cache. */
public final class PackageGate implements NodeService {
    private static final Logger LOG = LoggerFactory.getLogger(PackageGate.class);

    /** apt opens one for each archive, and asks for what it needs one after the other. */
    private static final int CONNECTIONS_A_NODE = 8;

    private static final int CONNECTIONS_AT_ONCE = 40;
    private static final double CONNECTIONS_A_SECOND = 1;
    private static final int MOST_CONNECTIONS = 1_000;

    private final Vertx vertx;
    private final NodeCheck check;
    private final PackageCache cache;
    private final PackageShelf shelf;
    private final NodeConnections connections = new NodeConnections(CONNECTIONS_AT_ONCE, CONNECTIONS_A_SECOND);

    public PackageGate(Vertx vertx, NodeCheck check, PackageCache cache, PackageShelf shelf) {
        this.vertx = vertx;
        this.check = check;
        this.cache = cache;
        this.shelf = shelf;
    }

    @Override
    public void greet(NetSocket socket) {
        check.admit(socket).ifPresent(peer -> greet(peer, socket));
    }

    @Override
    public void enforce(Fleet current) {
        connections.enforce(current);
    }

    @Override
    public Future<Void> close() {
        connections.closeAll();
        return Future.succeededFuture();
    }

    private void greet(Peer peer, NetSocket socket) {
        if (connections.countOf(peer) >= CONNECTIONS_A_NODE
                || connections.count() >= MOST_CONNECTIONS
                || !connections.takeShare(peer)) {
            LOG.debug("{} connects to the package cache too often", peer.nodeId());
            check.refuse(socket);
            return;
        }
        PackageSession session =
                new PackageSession(vertx, socket, cache, shelf, reason -> violated(peer, socket, reason));
        connections.add(peer, socket);
        socket.closeHandler(closed -> {
            connections.remove(socket);
            session.end();
        });
        session.begin();
        if (!check.mayStay(peer)) {
            socket.close();
        }
    }

    private void violated(Peer peer, NetSocket socket, String reason) {
        check.counting().violate();
        check.tell(peer, "sent what no apt sends to the package cache: " + reason + "; its connection is ended");
        socket.close();
    }
}
