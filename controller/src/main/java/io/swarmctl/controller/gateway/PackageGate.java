package io.swarmctl.controller.gateway;

import io.swarmctl.controller.cache.PackageCache;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.gateway.Admittance.Peer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the apt of the fleet's nodes fetch packages from the package cache, so many nodes at a time. */
public final class PackageGate implements NodeService {
    private static final Logger LOG = LoggerFactory.getLogger(PackageGate.class);

    /** More would be done no sooner, for they share the controller's line; so few leave its event loops to reports and specs. */
    public static final int NODES_AT_ONCE = 50;

    private static final int CONNECTIONS_AT_ONCE = 40;
    private static final double CONNECTIONS_A_SECOND = 1;

    private final Vertx vertx;
    private final NodeCheck check;
    private final PackageCache cache;
    private final PackageShelf shelf;
    private final PackageBudget budget;
    private final NodeConnections connections = new NodeConnections(CONNECTIONS_AT_ONCE, CONNECTIONS_A_SECOND);

    /** @param nodesAtOnce how many nodes fetch at once; the others wait for their turn */
    public PackageGate(Vertx vertx, NodeCheck check, PackageCache cache, PackageShelf shelf, int nodesAtOnce) {
        this.vertx = vertx;
        this.check = check;
        this.cache = cache;
        this.shelf = shelf;
        this.budget = new PackageBudget(vertx, nodesAtOnce);
    }

    /** How many nodes' turn it is to fetch. Any thread may ask. */
    public int nodesFetching() {
        return budget.turns().atIt();
    }

    /** How many nodes wait for their turn. Any thread may ask. */
    public int nodesWaiting() {
        return budget.turns().waiting();
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
        budget.close();
        connections.closeAll();
        return Future.succeededFuture();
    }

    private void greet(Peer peer, NetSocket socket) {
        if (connections.countOf(peer) >= PackageBudget.CONNECTIONS_A_NODE
                || !budget.hasRoomFor(peer.nodeId(), connections.count())
                || !connections.takeShare(peer)) {
            LOG.debug("{} connects to the package cache too often", peer.nodeId());
            check.refuse(socket);
            return;
        }
        PackageTurn turn = new PackageTurn(vertx, budget, peer.nodeId());
        PackageSession session =
                new PackageSession(vertx, socket, cache, shelf, turn, reason -> violated(peer, socket, reason));
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
