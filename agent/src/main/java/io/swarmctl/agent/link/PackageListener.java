package io.swarmctl.agent.link;

import io.swarmctl.agent.machine.PackageRoute;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries connections of the machine's own apt to the controller's package cache, each through one of its own. */
final class PackageListener implements PackageRoute.Opened {
    private static final Logger LOG = LoggerFactory.getLogger(PackageListener.class);
    private static final int BACKLOG = 16;

    /** As many as the controller takes of one node, less the turn's. */
    private static final int MOST_CONNECTIONS = 7;

    private final List<String> hosts;
    private final PackageTurn turn;
    private final PackagePort.Dial dial;
    private final LocalPeers peers;
    private final Set<Integer> others;
    private final ServerSocket local;
    private final Map<Socket, Runnable> carried = new ConcurrentHashMap<>();
    private volatile boolean lost;

    private PackageListener(
            List<String> hosts, PackageTurn turn, PackagePort.Dial dial, LocalPeers peers, Set<Integer> others)
            throws IOException {
        this.hosts = List.copyOf(hosts);
        this.turn = turn;
        this.dial = dial;
        this.peers = peers;
        this.others = others;
        this.local = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    }

    /** @param turn is given back when it is closed */
    static PackageListener start(
            List<String> hosts, PackageTurn turn, PackagePort.Dial dial, LocalPeers peers, Set<Integer> others)
            throws IOException {
        PackageListener listener = new PackageListener(hosts, turn, dial, peers, others);
        thread("packages", listener::accept);
        return listener;
    }

    @Override
    public int port() {
        return local.getLocalPort();
    }

    @Override
    public List<String> hosts() {
        return hosts;
    }

    @Override
    public boolean isLost() {
        return lost;
    }

    @Override
    public void endTurn() {
        turn.close();
    }

    @Override
    public PackageRoute.Shelf shelf() throws IOException {
        return ControllerShelf.on(dial.connect());
    }

    @Override
    public void close() {
        Callers.quietlyClose(local);
        carried.values().forEach(Runnable::run);
        turn.close();
    }

    private void accept() {
        while (!local.isClosed()) {
            try {
                Socket client = local.accept();
                if (carried.size() < MOST_CONNECTIONS && peers.isOwnOrOf(client, others)) {
                    carried.put(client, () -> Callers.quietlyClose(client));
                    thread("packages-up", () -> carry(client));
                } else {
                    LOG.warn("refused a local connection for packages from port {}", client.getPort());
                    client.close();
                }
            } catch (IOException e) {
                LOG.debug("packages: {}", e.getMessage());
            }
        }
    }

    private void carry(Socket client) {
        try (client;
                Socket gateway = connect()) {
            gateway.setSoTimeout(0);
            gateway.setSoLinger(true, 0);
            Carriage carriage = new Carriage(gateway, new Reception(() -> {}));
            carried.put(client, carriage::end);
            if (!local.isClosed()) {
                carriage.carry(new Callers.Call(client, ByteBuffer.allocate(0)));
            }
        } catch (IOException e) {
            LOG.debug("no connection to the package cache: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            carried.remove(client);
        }
    }

    private Socket connect() throws IOException {
        try {
            return dial.connect();
        } catch (IOException e) {
            lost = true;
            throw e;
        }
    }

    private static void thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
