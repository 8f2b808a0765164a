package io.swarmctl.controller.bus;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Carries connections to a port on loopback until it goes silent; then no byte and no end of a connection arrives. */
final class OneWayRelay implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final int target;

    /** Read by the relay's threads, set by the test's. */
    private volatile boolean silent;

    OneWayRelay(int target) throws IOException {
        this.target = target;
        run(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    void goSilent() {
        silent = true;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            Socket member = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(client);
            sockets.add(member);
            run(() -> carry(client, member));
            run(() -> carry(member, client));
        }
    }

    private void carry(Socket from, Socket to) throws IOException {
        byte[] buffer = new byte[8192];
        int read = from.getInputStream().read(buffer);
        while (read >= 0) {
            if (!silent) {
                to.getOutputStream().write(buffer, 0, read);
            }
            read = from.getInputStream().read(buffer);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void run(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // Closed by the test, or by a peer.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
