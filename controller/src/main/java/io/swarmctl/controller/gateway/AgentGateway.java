package io.swarmctl.controller.gateway;

import io.swarmctl.common.wire.Services;
import io.swarmctl.controller.enrol.Door;
import io.swarmctl.controller.fleet.Fleet;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.TrustOptions;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one door for agents. Its services are told apart by the TLS server name that the agent asks for. */
public final class AgentGateway {
    private static final Logger LOG = LoggerFactory.getLogger(AgentGateway.class);

    /** Agents send a heartbeat every two seconds: who says nothing for this long is gone. */
    private static final int SILENT_SECONDS = 15;

    private static final int CONNECT_MILLIS = 5_000;

    /** Whoever knocks has this long for the whole of it, however busily it drips bytes. */
    private static final int DOOR_MILLIS = 20_000;

    private static final int MOST_AT_DOOR = 2_000;

    private final Vertx vertx;
    private final NetServer server;
    private final NetClient member;
    private final int memberPort;
    private final Door door;
    private final Supplier<Fleet> fleet;
    private final BusConnections connections;

    /** Counted on several event loops. */
    private final AtomicInteger atDoor = new AtomicInteger();

    /** Where the gateway listens, and as whom. {@code trust} is in the fleet's CA. */
    public record Listen(String host, int port, KeyCertOptions identity, TrustOptions trust) {}

    /** @param memberPort the Hazelcast member's port on loopback */
    public AgentGateway(
            Vertx vertx, Listen listen, Door door, int memberPort, Supplier<Fleet> fleet, Presence presence) {
        this.vertx = vertx;
        this.door = door;
        this.memberPort = memberPort;
        this.fleet = fleet;
        this.connections = new BusConnections(presence);
        this.member = vertx.createNetClient(
                new NetClientOptions().setConnectTimeout(CONNECT_MILLIS).setTcpNoDelay(true));
        this.server = vertx.createNetServer(new NetServerOptions()
                        .setHost(listen.host())
                        .setPort(listen.port())
                        .setSsl(true)
                        .setSni(true)
                        .setKeyCertOptions(listen.identity())
                        .setTrustOptions(listen.trust())
                        .setClientAuth(ClientAuth.REQUEST)
                        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                        .setSslHandshakeTimeout(CONNECT_MILLIS)
                        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setTcpNoDelay(true)
                        .setIdleTimeout(SILENT_SECONDS))
                .connectHandler(this::greet)
                .exceptionHandler(failure -> LOG.debug("no TLS with a peer: {}", failure.getMessage()));
    }

    public Future<Integer> start() {
        return server.listen().map(NetServer::actualPort);
    }

    public Future<Void> close() {
        return server.close().eventually(member::close);
    }

    /** Ends the connections of nodes that this fleet does not let in. Any thread may call it. */
    public void enforce(Fleet current) {
        connections.cut(nodeId -> Admittance.mayUseBus(current, nodeId));
    }

    private void greet(NetSocket socket) {
        socket.exceptionHandler(failure -> LOG.debug("{}: {}", socket.remoteAddress(), failure.getMessage()));
        String service = socket.indicatedServerName();
        if (Services.ENROL.equals(service)) {
            enrol(socket);
        } else if (Services.BUS.equals(service)) {
            bus(socket);
        } else {
            LOG.warn("{} asked for '{}', which is no service of the gateway", socket.remoteAddress(), service);
            socket.close();
        }
    }

    private void enrol(NetSocket socket) {
        long deadline = vertx.setTimer(DOOR_MILLIS, timer -> socket.close());
        socket.closeHandler(closed -> {
            vertx.cancelTimer(deadline);
            atDoor.decrementAndGet();
        });
        if (atDoor.incrementAndGet() > MOST_AT_DOOR) {
            LOG.warn("too many knock at the door; {} is sent away", socket.remoteAddress());
            socket.close();
            return;
        }
        String peer = socket.remoteAddress().hostAddress();
        socket.handler(Frames.firstMessage(
                request -> Future.fromCompletionStage(door.answer(request, peer))
                        .compose(answer -> socket.write(Frames.frame(answer)))
                        .onFailure(failure -> LOG.warn("no answer to {} at the door: {}", peer, failure.getMessage()))
                        .onComplete(done -> socket.close()),
                socket::close));
    }

    private void bus(NetSocket socket) {
        Optional<String> node =
                peerCertificate(socket).flatMap(certificate -> Admittance.node(fleet.get(), certificate));
        if (node.isEmpty()) {
            LOG.warn("{} has no certificate of a node of this fleet", socket.remoteAddress());
            socket.close();
            return;
        }
        String nodeId = node.get();
        socket.pause();
        // Set and read on this socket's event loop. Who goes now would else be counted as connected for ever.
        boolean[] gone = {false};
        socket.closeHandler(closed -> gone[0] = true);
        member.connect(memberPort, "127.0.0.1").onComplete(connected -> {
            if (connected.failed()) {
                LOG.error("the bus does not answer: {}", connected.cause().getMessage());
                socket.close();
                return;
            }
            if (gone[0]) {
                connected.result().close();
                return;
            }
            join(nodeId, socket, connected.result());
        });
    }

    private void join(String nodeId, NetSocket agent, NetSocket bus) {
        connections.add(nodeId, agent);
        bus.exceptionHandler(failure -> LOG.debug("bus of {}: {}", nodeId, failure.getMessage()));
        agent.closeHandler(closed -> {
            connections.remove(nodeId, agent);
            bus.close();
        });
        bus.closeHandler(closed -> agent.close());
        agent.pipeTo(bus);
        bus.pipeTo(agent);
        if (!Admittance.mayUseBus(fleet.get(), nodeId)) {
            agent.close();
        }
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
