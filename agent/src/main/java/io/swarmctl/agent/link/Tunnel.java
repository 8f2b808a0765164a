package io.swarmctl.agent.link;

import io.swarmctl.agent.link.Callers.Call;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the local Hazelcast client's connection to the gateway. Listens on loopback, and only processes of the agent's
 * own user may come in.
 *
 * <p>Where a thousand nodes come back at once, the gateway's handshake takes longer than the client waits. It is not in
 * vain: what was opened for a call is kept for the next one.
 */
public final class Tunnel implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tunnel.class);
    private static final int BACKLOG = 4;

    /** The client calls again after ten seconds at the latest; the gateway hangs up after fifteen. */
    private static final Duration KEEP_FOR_NEXT_CALL = Duration.ofSeconds(12);

    /** Of ten seconds that the client waits, most are to be left for the member's answer. */
    private static final Duration FRESH = Duration.ofSeconds(2);

    private final ServerSocket local;
    private final Uplink uplink;
    private final LocalPeers peers;
    private final Reception reception;
    private final Callers callers = new Callers(FRESH);

    /** Opens a new connection to the gateway's bus. */
    @FunctionalInterface
    public interface Uplink {
        Socket connect() throws IOException;
    }

    /** @throws IOException when no port on loopback is free */
    public Tunnel(Uplink uplink, LocalPeers peers, Reception reception) throws IOException {
        this.uplink = uplink;
        this.peers = peers;
        this.reception = reception;
        this.local = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    }

    public int port() {
        return local.getLocalPort();
    }

    public void start() {
        thread("tunnel", this::accept);
        thread("tunnel-up", this::carry);
    }

    @Override
    public void close() throws IOException {
        local.close();
        callers.close();
    }

    private void accept() {
        while (!local.isClosed()) {
            try {
                Socket client = local.accept();
                if (peers.isOwn(client)) {
                    callers.come(client);
                } else {
                    LOG.warn("refused a local connection from port {}", client.getPort());
                    client.close();
                }
            } catch (IOException e) {
                LOG.debug("tunnel: {}", e.getMessage());
            }
        }
    }

    private void carry() {
        try {
            while (callers.await()) {
                carryOne();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void carryOne() throws InterruptedException {
        try (Socket gateway = uplink.connect()) {
            gateway.setSoTimeout(0);
            // A write that hangs in a network that is gone would keep the connection from being closed for minutes.
            gateway.setSoLinger(true, 0);
            Carriage carriage = new Carriage(gateway, reception);
            Optional<Call> call = callers.take(KEEP_FOR_NEXT_CALL, carriage::end);
            if (call.isPresent()) {
                carriage.carry(call.get());
            }
        } catch (IOException e) {
            LOG.debug("no connection to the bus: {}", e.getMessage());
            callers.dismiss();
        }
    }

    private static void thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
