package io.swarmctl.controller.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.swarmctl.controller.fleet.Fleet;
import io.swarmctl.controller.gateway.Admittance.Peer;
import io.swarmctl.controller.gateway.BusSession.Limits;
import io.swarmctl.controller.gateway.protocol.AllowList;
import io.swarmctl.controller.gateway.protocol.MessageReader;
import io.swarmctl.controller.gateway.protocol.Terms;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets nodes of the fleet onto the bus, and has an eye on what they do there. */
public final class BusGate implements NodeService {
    private static final Logger LOG = LoggerFactory.getLogger(BusGate.class);
    private static final int CONNECT_MILLIS = 5_000;

    private final Vertx vertx;
    private final Member member;
    private final NetClient client;
    private final NodeCheck check;
    private final BusConnections connections;
    private final Map<Peer, Conduct> conducts = new ConcurrentHashMap<>();

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

    public BusGate(Vertx vertx, Member member, NodeCheck check, Presence presence) {
        this.vertx = vertx;
        this.member = member;
        this.check = check;
        this.connections = new BusConnections(presence);
        this.client = vertx.createNetClient(
                new NetClientOptions().setConnectTimeout(CONNECT_MILLIS).setTcpNoDelay(true));
    }

    /** Ends the connections of nodes that this fleet does not let in, and of those made with a key that a node no longer has. */
    @Override
    public void enforce(Fleet current) {
        connections.cut(peer -> Admittance.mayUseBus(current, peer));
        conducts.keySet().removeIf(peer -> !Admittance.mayUseBus(current, peer));
    }

    @Override
    public Future<Void> close() {
        return client.close();
    }

    @Override
    public void greet(NetSocket socket) {
        check.admit(socket).ifPresent(peer -> greet(peer, socket));
    }

    private void greet(Peer peer, NetSocket socket) {
        long now = System.nanoTime();
        Conduct conduct = conducts.computeIfAbsent(peer, key -> new Conduct(now));
        Optional<String> refusal = conduct.connect(now);
        if (refusal.isPresent()) {
            LOG.debug("{} is not let in: {}", peer.nodeId(), refusal.get());
            check.refuse(socket);
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
        Limits limits = new Limits(
                conduct,
                check.counting(),
                reason -> violated(peer, conduct, reason),
                notice -> check.tell(peer, notice));
        BusSession session = new BusSession(vertx, agent, bus, new MessageReader(AllowList.of(terms)), limits);
        resetAtEnd(agent);
        connections.add(peer, agent);
        bus.exceptionHandler(failure -> LOG.debug("bus of {}: {}", peer.nodeId(), failure.getMessage()));
        agent.closeHandler(closed -> {
            session.end();
            connections.remove(peer, agent);
            bus.close();
        });
        bus.closeHandler(closed -> agent.close());
        session.begin();
        if (!check.mayStay(peer) || conduct.isShutOut(System.nanoTime())) {
            agent.close();
        }
    }

    /**
     * An ended connection is gone at once, with what was on its way: to a peer that does not read, the kernel would go
     * on offering that for minutes, and meanwhile never tell it of the end.
     */
    private static void resetAtEnd(NetSocket agent) {
        Channel channel = ((NetSocketInternal) agent).channelHandlerContext().channel();
        // One that is closed already takes no options.
        if (channel.isOpen()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
    }

    private void violated(Peer peer, Conduct conduct, String reason) {
        Duration exile = conduct.violate(System.nanoTime());
        connections.cut(other -> !other.equals(peer));
        check.tell(peer, "sent what no agent sends: " + reason + "; it is shut out for " + exile.toSeconds() + " s");
    }
}
