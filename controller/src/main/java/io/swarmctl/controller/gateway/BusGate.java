package io.swarmctl.controller.gateway;

import io.swarmctl.controller.fleet.Fleet;
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
    private final Map<NodeKey, Conduct> conducts = new ConcurrentHashMap<>();
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
        connections.cut(node -> Admittance.mayUseBus(current, node));
        conducts.keySet().removeIf(node -> !Admittance.mayUseBus(current, node));
    }

    Future<Void> close() {
        vertx.cancelTimer(auditing);
        return client.close();
    }

    void greet(NetSocket socket) {
        Optional<NodeKey> node =
                peerCertificate(socket).flatMap(certificate -> Admittance.node(fleet.get(), certificate));
        if (node.isEmpty()) {
            LOG.warn("{} has no certificate of a node of this fleet", socket.remoteAddress());
            counters.refuse();
            socket.close();
            return;
        }
        long now = System.nanoTime();
        Conduct conduct = conducts.computeIfAbsent(node.get(), key -> new Conduct(now));
        Optional<String> refusal = conduct.connect(now);
        if (refusal.isPresent()) {
            LOG.debug("{} is not let in: {}", node.get().nodeId(), refusal.get());
            counters.refuse();
            socket.close();
            return;
        }
        connect(node.get(), conduct, socket);
    }

    private void connect(NodeKey node, Conduct conduct, NetSocket socket) {
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
            join(node, conduct, socket, connected.result());
        });
    }

    private void join(NodeKey node, Conduct conduct, NetSocket agent, NetSocket bus) {
        bus.pause();
        Terms terms = new Terms(node.nodeId(), member.partition().applyAsInt(node.nodeId()), member.cluster());
        Limits limits = new Limits(conduct, counters, reason -> violated(node, conduct, reason), () -> flooded(node));
        BusSession session = new BusSession(vertx, agent, bus, new MessageReader(AllowList.of(terms)), limits);
        connections.add(node, agent);
        bus.exceptionHandler(failure -> LOG.debug("bus of {}: {}", node.nodeId(), failure.getMessage()));
        agent.closeHandler(closed -> {
            session.end();
            connections.remove(node, agent);
            bus.close();
        });
        bus.closeHandler(closed -> agent.close());
        session.begin();
        if (!Admittance.mayUseBus(fleet.get(), node)) {
            agent.close();
        }
    }

    private void violated(NodeKey node, Conduct conduct, String reason) {
        long now = System.nanoTime();
        Duration exile = conduct.violate(now);
        connections.cut(other -> !other.equals(node));
        audit.tell(
                node.nodeId(),
                "sent what no agent sends: " + reason + "; it is shut out for " + exile.toSeconds() + " s",
                now);
    }

    private void flooded(NodeKey node) {
        audit.tell(node.nodeId(), "sends more than any agent, and is held to its share", System.nanoTime());
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
