package io.swarmctl.controller.server.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/** Carries a board's connections to its controller, as long as nobody pulls it out. */
public final class Cable implements AutoCloseable {
    private static final int BUFFER_BYTES = 8192;

    private final ServerSocket server = new ServerSocket(0, 20, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final String name;
    private final IntSupplier target;
    private State state = State.IN;

    /** How it is with the cable. */
    public enum State {
        /** All is well. */
        IN,
        /** Connections are refused, as where nobody listens. */
        REFUSING,
        /** Nothing arrives, and nobody is told: connections live on until somebody loses patience. */
        SILENT
    }

    /** @param target the port on loopback that it leads to */
    public Cable(String name, IntSupplier target) throws IOException {
        this.name = name;
        this.target = target;
        start("accept", this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    public synchronized void set(State next) {
        state = next;
        if (next == State.REFUSING) {
            drop();
        }
        notifyAll();
    }

    /** Ends what is open now; whoever tries again gets through. */
    public void drop() {
        sockets.forEach(Cable::end);
        sockets.clear();
    }

    @Override
    public void close() throws IOException {
        server.close();
        set(State.REFUSING);
    }

    private void accept() throws IOException {
        while (true) {
            Socket board = server.accept();
            start("open", () -> open(board));
        }
    }

    private void open(Socket board) throws IOException {
        sockets.add(board);
        if (awaitTurn() == State.REFUSING) {
            end(board);
            return;
        }
        Socket controller;
        try {
            controller = new Socket(InetAddress.getLoopbackAddress(), target.getAsInt());
        } catch (IOException e) {
            end(board);
            throw e;
        }
        sockets.add(controller);
        start("down", () -> carry(controller, board));
        carry(board, controller);
    }

    /** Until one side ends; what it has said before its end arrives. */
    private void carry(Socket from, Socket to) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            int read = from.getInputStream().read(buffer);
            while (read >= 0 && awaitTurn() != State.REFUSING) {
                to.getOutputStream().write(buffer, 0, read);
                read = from.getInputStream().read(buffer);
            }
        } finally {
            awaitTurn();
            sockets.remove(from);
            sockets.remove(to);
            from.close();
            to.close();
        }
    }

    /** Bytes, and ends of connections too, wait as long as nothing arrives. */
    private synchronized State awaitTurn() throws IOException {
        while (state == State.SILENT) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
        return state;
    }

    private static void end(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It is closed already.
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private void start(String what, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // Ended by the test, or by a peer.
                    }
                },
                name + "-" + what);
        thread.setDaemon(true);
        thread.start();
    }
}
