package io.swarmctl.controller.gateway;

import io.swarmctl.common.wire.LinkTrial;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.gateway.Admittance.Peer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets nodes of the fleet measure their way to the controller, few at a time so that they do not measure each other. */
public final class LinkGate implements NodeService {
    private static final Logger LOG = LoggerFactory.getLogger(LinkGate.class);
    private static final int NODES_AT_ONCE = 2;
    private static final int MOST_WAITING = 250;

    /** A benchmark makes {@link LinkTrial#STREAMS}, and takes longer than twenty seconds. */
    private static final int CONNECTIONS_AT_ONCE = 5 * LinkTrial.STREAMS;

    private static final double CONNECTIONS_A_SECOND = 0.2;

    private final Vertx vertx;
    private final NodeCheck check;
    private final Turns turns = new Turns(NODES_AT_ONCE, LinkTrial.STREAMS, MOST_WAITING);
    private final NodeConnections connections = new NodeConnections(CONNECTIONS_AT_ONCE, CONNECTIONS_A_SECOND);

    public LinkGate(Vertx vertx, NodeCheck check) {
        this.vertx = vertx;
        this.check = check;
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
        if (!connections.takeShare(peer)) {
            LOG.debug("{} measures too often", peer.nodeId());
            check.refuse(socket);
            return;
        }
        LinkSession session = new LinkSession(vertx, socket, reason -> violated(peer, socket, reason));
        connections.add(peer, socket);
        session.begin();
        boolean comes = turns.come(peer.nodeId(), session);
        socket.closeHandler(closed -> {
            connections.remove(socket);
            session.end();
            if (comes) {
                turns.go(peer.nodeId(), session);
            }
        });
        if (!comes) {
            session.sendAway();
        } else if (!check.mayStay(peer)) {
            socket.close();
        }
    }

    private void violated(Peer peer, NetSocket socket, String reason) {
        check.counting().violate();
        check.tell(peer, "sent what no agent sends to measure its link: " + reason + "; its connection is ended");
        socket.close();
    }
}
