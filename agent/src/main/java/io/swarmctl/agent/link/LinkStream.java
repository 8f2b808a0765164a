package io.swarmctl.agent.link;

import io.swarmctl.common.wire.LinkTrial;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;

/** One connection on which the way to the controller is measured; see {@link LinkTrial}. Used by one thread at a time. */
final class LinkStream implements Closeable {
    /** The controller says something every two seconds, whatever it waits for. */
    private static final int SILENT_MILLIS = 10_000;

    private static final double NANOS_A_MILLI = 1e6;
    private static final long NANOS_A_SECOND = 1_000_000_000L;
    private static final int PINGS = 21;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final byte[] block = new byte[LinkTrial.BLOCK];

    LinkStream(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(SILENT_MILLIS);
        // A write that hangs would keep the connection from being closed for minutes.
        socket.setSoLinger(true, 0);
        this.in = new DataInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /**
     * Waits until it is this node's turn.
     *
     * @throws IOException when it does not come
     */
    void awaitTurn() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + (LinkTrial.LONGEST_WAIT_SECONDS + 30) * NANOS_A_SECOND;
        int word = hear();
        while (word == LinkTrial.WAIT) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("the node's turn did not come");
            }
            word = hear();
        }
        if (word == LinkTrial.FULL) {
            throw new IOException("too many nodes waited to measure their way to the controller; ask fewer at once");
        }
        require(LinkTrial.GO, word);
    }

    /** In milliseconds, the median of some. */
    double roundTrip() throws IOException {
        long[] times = new long[PINGS];
        for (int i = 0; i < PINGS; i++) {
            long begun = System.nanoTime();
            out.write(LinkTrial.PING);
            require(LinkTrial.PING, hear());
            times[i] = System.nanoTime() - begun;
        }
        Arrays.sort(times);
        return times[PINGS / 2] / NANOS_A_MILLI;
    }

    /** How many bytes came from the controller. */
    long down() throws IOException {
        out.write(LinkTrial.DOWN);
        long bytes = 0;
        for (int blocks = 0; blocks < LinkTrial.MOST_BLOCKS; blocks++) {
            in.readFully(block);
            bytes += block.length;
            if (block[0] == LinkTrial.LAST_BLOCK) {
                return bytes;
            }
        }
        throw new IOException("the controller sends without end");
    }

    /** How many bytes went to the controller. */
    long up() throws IOException {
        out.write(LinkTrial.UP);
        Arrays.fill(block, (byte) 0);
        long ends = System.nanoTime() + Duration.ofMillis(LinkTrial.MOST_MILLIS).toNanos();
        long bytes = 0;
        boolean more = true;
        for (int blocks = 1; more; blocks++) {
            more = blocks < LinkTrial.MOST_BLOCKS && System.nanoTime() < ends;
            block[0] = (byte) (more ? LinkTrial.ANOTHER_BLOCK : LinkTrial.LAST_BLOCK);
            out.write(block);
            bytes += block.length;
        }
        require(LinkTrial.UP, hear());
        return bytes;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private int hear() throws IOException {
        int word = in.read();
        if (word < 0) {
            throw new EOFException(
                    "the controller ended it: this node came too often, or the controller is older than the agent");
        }
        return word;
    }

    private static void require(int expected, int word) throws IOException {
        if (word != expected) {
            throw new IOException("the controller said " + word + " and not " + expected);
        }
    }
}
