package io.swarmctl.controller.gateway;

import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.gateway.Admittance.Peer;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who may use the gateway's services for nodes, what is counted there, and what the timeline is told of it. */
public final class NodeCheck {
    private static final Logger LOG = LoggerFactory.getLogger(NodeCheck.class);
    private static final long AUDIT_EVERY_MILLIS = 10_000;

    private final Vertx vertx;
    private final Supplier<Fleet> fleet;
    private final Audit audit;
    private final Counters counters = new Counters();
    private final long auditing;

    public NodeCheck(Vertx vertx, Supplier<Fleet> fleet, Timeline timeline) {
        this.vertx = vertx;
        this.fleet = fleet;
        this.audit = new Audit(timeline);
        this.auditing = vertx.setPeriodic(AUDIT_EVERY_MILLIS, timer -> audit.catchUp(System.nanoTime()));
    }

    public GatewayCounters counters() {
        return counters;
    }

    public void close() {
        vertx.cancelTimer(auditing);
    }

    /** Whom the connection stands for; empty when it may not use the services, and then it is ended. */
    Optional<Peer> admit(NetSocket socket) {
        Optional<Peer> known =
                peerCertificate(socket).flatMap(certificate -> Admittance.peer(fleet.get(), certificate));
        if (known.isEmpty()) {
            LOG.warn("{} has no certificate of a node of this fleet", socket.remoteAddress());
            refuse(socket);
        }
        return known;
    }

    void refuse(NetSocket socket) {
        counters.refuse();
        socket.close();
    }

    boolean mayStay(Peer peer) {
        return Admittance.mayUseBus(fleet.get(), peer);
    }

    Counters counting() {
        return counters;
    }

    void tell(Peer peer, String text) {
        audit.tell(peer.nodeId(), text, System.nanoTime());
    }

    private static Optional<X509Certificate> peerCertificate(NetSocket socket) {
        try {
            Certificate first = socket.sslSession().getPeerCertificates()[0];
            return first instanceof X509Certificate certificate ? Optional.of(certificate) : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }
}
