package io.swarmctl.controller.gateway;

import io.swarmctl.common.wire.Services;
import io.swarmctl.controller.enrol.Door;
import io.swarmctl.controller.fleet.Fleet;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.TrustOptions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one door for agents. Its services are told apart by the TLS server name that the agent asks for. */
public final class AgentGateway {
    private static final Logger LOG = LoggerFactory.getLogger(AgentGateway.class);

    /** Agents send a heartbeat every two seconds: who says nothing for this long is gone. */
    private static final int SILENT_SECONDS = 15;

    /** In bytes, each way: left to itself the kernel keeps megabytes for a peer that does not read. */
    private static final int SOCKET_BUFFER = 64 * 1024;

    /** As long as agents wait, for whom a shorter one would be in vain when a thousand come at once. */
    private static final int HANDSHAKE_MILLIS = 20_000;

    /** Whoever knocks has this long for the whole of it, however busily it drips bytes. */
    private static final int DOOR_MILLIS = 20_000;

    private static final int MOST_AT_DOOR = 2_000;

    private final Vertx vertx;
    private final NetServer server;
    private final NetServerOptions options;
    private final Door door;
    private final Map<String, NodeService> services;

    /** The last fleet that was enforced to the end; null before the first. Guarded by this. */
    private @Nullable Fleet enforced;

    /** Counted on several event loops. */
    private final AtomicInteger atDoor = new AtomicInteger();

    /** Where the gateway listens, and as whom. {@code trust} is in the fleet's CA. */
    public record Listen(String host, int port, KeyCertOptions identity, TrustOptions trust) {}

    /** @param services for enrolled nodes, by the names that they ask for */
    public AgentGateway(Vertx vertx, Listen listen, Door door, Map<String, NodeService> services) {
        this.vertx = vertx;
        this.door = door;
        this.services = Map.copyOf(services);
        this.options = new NetServerOptions()
                .setHost(listen.host())
                .setPort(listen.port())
                .setSsl(true)
                .setSni(true)
                .setKeyCertOptions(listen.identity())
                .setTrustOptions(listen.trust())
                .setClientAuth(ClientAuth.REQUEST)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                .setSslHandshakeTimeout(HANDSHAKE_MILLIS)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setTcpNoDelay(true)
                .setSendBufferSize(SOCKET_BUFFER)
                .setReceiveBufferSize(SOCKET_BUFFER)
                .setIdleTimeout(SILENT_SECONDS);
        this.server = vertx.createNetServer(options)
                .connectHandler(this::greet)
                .exceptionHandler(failure -> LOG.debug("no TLS with a peer: {}", failure.getMessage()));
    }

    public Future<Integer> start() {
        return server.listen().map(NetServer::actualPort);
    }

    /** Shows another key and certificate from now on; who is connected stays so. */
    public Future<Boolean> identify(KeyCertOptions other) {
        return server.updateSSLOptions(options.getSslOptions().copy().setKeyCertOptions(other));
    }

    public Future<Void> close() {
        Future<Void> closed = server.close();
        for (NodeService service : services.values()) {
            closed = closed.eventually(service::close);
        }
        return closed;
    }

    /**
     * Ends the connections of nodes that this fleet does not let in. Any thread may call it; fleets come in their order.
     *
     * <p>Looks at connections only when somebody may be let in no more: most changes are reports of a thousand nodes.
     */
    public synchronized void enforce(Fleet current) {
        if (enforced == null || Admittance.isNarrower(enforced, current)) {
            services.values().forEach(service -> service.enforce(current));
        }
        enforced = current;
    }

    private void greet(NetSocket socket) {
        socket.exceptionHandler(failure -> LOG.debug("{}: {}", socket.remoteAddress(), failure.getMessage()));
        String name = socket.indicatedServerName();
        NodeService service = name == null ? null : services.get(name);
        if (Services.ENROL.equals(name)) {
            enrol(socket);
        } else if (service != null) {
            service.greet(socket);
        } else {
            LOG.warn("{} asked for '{}', which is no service of the gateway", socket.remoteAddress(), name);
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
}
