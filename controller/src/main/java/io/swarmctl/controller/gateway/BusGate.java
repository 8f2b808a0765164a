package io.swarmctl.controller.gateway;

import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.gateway.Admittance.Peer;
import io.swarmctl.controller.gateway.BusSession.Limits;
import io.swarmctl.controller.gateway.protocol.AllowList;
import io.swarmctl.controller.gateway.protocol.MessageReader;
import io.swarmctl.controller.gateway.protocol.Terms;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets nodes of the fleet onto the bus, and has an eye on what they do there. */
public final class BusGate {
    private static final Logger LOG = LoggerFactory.getLogger(BusGate.class);
    private static final int CONNECT_MILLIS = 5_000;
    private static final long AUDIT_EVERY_MILLIS = 10_000;

    private final Vertx vertx;
    private final Member member;
    private final NetClient client;
    private final Supplier<Fleet> fleet;
    private final BusConnections connections;
    private final Audit audit;
    private final Counters counters = new Counters();
    private final Map<Peer, Conduct> conducts = new ConcurrentHashMap<>();
    private final long auditing;

    /**
     * The Hazelcast member behind the gateway.
     *
     * @param port on loopback
     * @param cluster its secret name
     * @param partition of a map's key
     */
    public record Member(int port, String cluster, ToIntFunction<String> partition) {
        @Override
        public String toString() {
            return "the member on port " + port;
        }
    }

    public BusGate(Vertx vertx, Member member, Supplier<Fleet> fleet, Presence presence, Timeline timeline) {
        this.vertx = vertx;
        this.member = member;
        this.fleet = fleet;
        this.connections = new BusConnections(presence);
        this.audit = new Audit(timeline);
        this.client = vertx.createNetClient(
                new NetClientOptions().setConnectTimeout(CONNECT_MILLIS).setTcpNoDelay(true));
        this.auditing = vertx.setPeriodic(AUDIT_EVERY_MILLIS, timer -> audit.catchUp(System.nanoTime()));
    }

    public GatewayCounters counters() {
        return counters;
    }

    /** Ends the connections of nodes that this fleet does not let in, and of those made with a key that a node no longer has. */
    void enforce(Fleet current) {
        connections.cut(peer -> Admittance.mayUseBus(current, peer));
        conducts.keySet().removeIf(peer -> !Admittance.mayUseBus(current, peer));
    }

    Future<Void> close() {
        vertx.cancelTimer(auditing);
        return client.close();
    }

    void greet(NetSocket socket) {
        Optional<Peer> known =
                peerCertificate(socket).flatMap(certificate -> Admittance.peer(fleet.get(), certificate));
        if (known.isEmpty()) {
            LOG.warn("{} has no certificate of a node of this fleet", socket.remoteAddress());
            counters.refuse();
            socket.close();
            return;
        }
        Peer peer = known.get();
        long now = System.nanoTime();
        Conduct conduct = conducts.computeIfAbsent(peer, key -> new Conduct(now));
        Optional<String> refusal = conduct.connect(now);
        if (refusal.isPresent()) {
            LOG.debug("{} is not let in: {}", peer.nodeId(), refusal.get());
            counters.refuse();
            socket.close();
            return;
        }
        connect(peer, conduct, socket);
    }

    private void connect(Peer peer, Conduct conduct, NetSocket socket) {
        socket.pause();
        // Set and read on this socket's event loop. Who goes now would else be counted as connected for ever.
        boolean[] gone = {false};
        socket.closeHandler(closed -> gone[0] = true);
        client.connect(member.port(), "127.0.0.1").onComplete(connected -> {
            if (connected.failed()) {
                LOG.error("the bus does not answer: {}", connected.cause().getMessage());
                socket.close();
                return;
            }
            if (gone[0]) {
                connected.result().close();
                return;
            }
            join(peer, conduct, socket, connected.result());
        });
    }

    private void join(Peer peer, Conduct conduct, NetSocket agent, NetSocket bus) {
        bus.pause();
        Terms terms = new Terms(peer.nodeId(), member.partition().applyAsInt(peer.nodeId()), member.cluster());
        Limits limits =
                new Limits(conduct, counters, reason -> violated(peer, conduct, reason), notice -> tell(peer, notice));
        BusSession session = new BusSession(vertx, agent, bus, new MessageReader(AllowList.of(terms)), limits);
        connections.add(peer, agent);
        bus.exceptionHandler(failure -> LOG.debug("bus of {}: {}", peer.nodeId(), failure.getMessage()));
        agent.closeHandler(closed -> {
            session.end();
            connections.remove(peer, agent);
            bus.close();
        });
        bus.closeHandler(closed -> agent.close());
        session.begin();
        if (!Admittance.mayUseBus(fleet.get(), peer) || conduct.isShutOut(System.nanoTime())) {
            agent.close();
        }
    }

    private void violated(Peer peer, Conduct conduct, String reason) {
        Duration exile = conduct.violate(System.nanoTime());
        connections.cut(other -> !other.equals(peer));
        tell(peer, "sent what no agent sends: " + reason + "; it is shut out for " + exile.toSeconds() + " s");
    }

    private void tell(Peer peer, String text) {
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
