package io.swarmctl.agent.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the local Hazelcast client's connection to the gateway. Listens on loopback, and only processes of the agent's
 * own user may come in.
 */
public final class Tunnel implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tunnel.class);
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int BACKLOG = 4;
    private static final int MOST_CONNECTIONS = 8;

    private final ServerSocket local;
    private final Uplink uplink;
    private final LocalPeers peers;
    private final Reception reception;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Turnstile turnstile = new Turnstile();

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
    }

    @Override
    public void close() throws IOException {
        local.close();
        open.forEach(Tunnel::quietlyClose);
    }

    private void accept() {
        while (!local.isClosed()) {
            try {
                Socket client = local.accept();
                if (open.size() >= 2 * MOST_CONNECTIONS || !peers.isOwn(client)) {
                    LOG.warn("refused a local connection from port {}", client.getPort());
                    client.close();
                    continue;
                }
                long arrival = turnstile.arrive();
                thread("tunnel-up", () -> carry(client, arrival));
            } catch (IOException e) {
                LOG.debug("tunnel: {}", e.getMessage());
            }
        }
    }

    private void carry(Socket client, long arrival) {
        Socket gateway = null;
        try {
            open.add(client);
            gateway = turnstile.pass(arrival, uplink);
            gateway.setSoTimeout(0);
            // A write that hangs in a network that is gone would keep the connection from being closed for minutes.
            gateway.setSoLinger(true, 0);
            open.add(gateway);
            Socket up = gateway;
            AtomicBoolean hungUpHere = new AtomicBoolean();
            Thread down = thread("tunnel-down", () -> listen(up, client, hungUpHere));
            pump(client, up, () -> {}, () -> hungUpHere.set(true));
            down.join();
        } catch (IOException e) {
            LOG.debug("no connection to the bus: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end(client);
            if (gateway != null) {
                end(gateway);
            }
        }
    }

    private void listen(Socket gateway, Socket client, AtomicBoolean hungUpHere) {
        AtomicBoolean heard = new AtomicBoolean();
        Runnable welcome = () -> {
            if (!heard.getAndSet(true)) {
                reception.welcomed();
            }
        };
        pump(gateway, client, welcome, () -> {
            if (!heard.get() && !hungUpHere.get()) {
                reception.turnedAway();
            }
        });
    }

    /** Copies until either side ends, then ends both. */
    private static void pump(Socket from, Socket to, Runnable heard, Runnable fromEnded) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            int read = read(from, buffer);
            while (read >= 0) {
                heard.run();
                to.getOutputStream().write(buffer, 0, read);
                read = read(from, buffer);
            }
            fromEnded.run();
        } catch (IOException e) {
            LOG.debug("tunnel ended: {}", e.getMessage());
        } finally {
            quietlyClose(from);
            quietlyClose(to);
        }
    }

    /** A connection that breaks has ended, too. */
    private static int read(Socket from, byte[] buffer) {
        try {
            return from.getInputStream().read(buffer);
        } catch (IOException e) {
            LOG.debug("tunnel ended: {}", e.getMessage());
            return -1;
        }
    }

    private void end(Socket socket) {
        open.remove(socket);
        quietlyClose(socket);
    }

    private static void quietlyClose(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing: {}", e.getMessage());
        }
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
