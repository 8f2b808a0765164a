package io.swarmctl.agent.link;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.swarmctl.agent.machine.PackageRoute.Unusable;
import io.swarmctl.common.wire.Services;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's turn to fetch packages: the connection on which it has asked for it, and for as long as that is open. When it
 * breaks another node's turn comes; what this one has begun goes on.
 */
final class PackageTurn implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(PackageTurn.class);

    /** The controller says something every five seconds to whoever waits. */
    private static final int SILENT_MILLIS = 15_000;

    /** The gateway takes who says nothing for three times as long for gone. */
    private static final long SHOWN_EVERY_SECONDS = 5;

    private static final int MOST_BYTES = 64 * 1024;
    private static final int MOST_HOSTS = 200;
    private static final int PROCESSING = 102;
    private static final Pattern HOST = Pattern.compile("(https://)?[0-9a-z][0-9a-z.-]{0,252}(:[0-9]{1,5})?");

    private final Socket socket;
    private final InputStream in;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Closes the socket when it throws. */
    PackageTurn(Socket socket) throws IOException {
        this.socket = socket;
        try {
            socket.setSoTimeout(SILENT_MILLIS);
            // A write that hangs would keep the connection from being closed for minutes.
            socket.setSoLinger(true, 0);
            this.in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            Callers.quietlyClose(socket);
            throw e;
        }
    }

    /**
     * Asks for it, and waits for as long as the controller says that it is to come.
     *
     * @return the hosts that may be asked for
     * @throws IOException when the controller is silent, hangs up, or has too many who wait
     * @throws Unusable when there is no use in asking again
     */
    List<String> await(PackageQueue queue) throws IOException, Unusable, InterruptedException {
        ask("GET");
        PackageAnswer answer = firstAnswer();
        while (answer.status() == PROCESSING) {
            queue.stand(answer.number(Services.AHEAD));
            stopIfAsked();
            answer = PackageAnswer.read(in);
        }
        stopIfAsked();
        switch (answer.status()) {
            case HttpURLConnection.HTTP_OK -> {
                return hosts(answer);
            }
            case HttpURLConnection.HTTP_GONE ->
                throw new Unusable("the package cache is off by the fleet's policy", false);
            case HttpURLConnection.HTTP_UNAVAILABLE -> {
                queue.sendAway();
                throw new IOException("too many nodes wait for their turn");
            }
            default -> throw new IOException("it answers " + answer.status());
        }
    }

    /** Has a thread show the controller that the node is still there, until it is closed. */
    void keep() {
        Thread thread = new Thread(this::show, "packages-turn");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
        Callers.quietlyClose(socket);
    }

    private void show() {
        try {
            while (!closed.await(SHOWN_EVERY_SECONDS, TimeUnit.SECONDS)) {
                ask("HEAD");
                PackageAnswer unused = PackageAnswer.read(in);
            }
        } catch (IOException e) {
            LOG.debug("this node's turn to fetch packages has ended: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Callers.quietlyClose(socket);
        }
    }

    /** Reading is not interrupted, so it is looked at with every answer. */
    private static void stopIfAsked() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private PackageAnswer firstAnswer() throws IOException {
        try {
            return PackageAnswer.read(in);
        } catch (EOFException e) {
            throw new IOException(
                    e.getMessage() + ": the controller may be older than the agent, or this node asks too often", e);
        }
    }

    private void ask(String method) throws IOException {
        String question = method + " / HTTP/1.1\r\nHost: " + Services.PACKAGES + "\r\n\r\n";
        socket.getOutputStream().write(question.getBytes(US_ASCII));
    }

    private List<String> hosts(PackageAnswer answer) throws IOException {
        int length = answer.number("Content-Length");
        if (length < 0 || length > MOST_BYTES) {
            throw new IOException("it answers " + length + " bytes");
        }
        return new String(in.readNBytes(length), US_ASCII)
                .lines()
                .filter(line -> HOST.matcher(line).matches())
                .limit(MOST_HOSTS)
                .toList();
    }
}
