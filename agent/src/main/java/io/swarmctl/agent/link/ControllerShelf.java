package io.swarmctl.agent.link;

import io.swarmctl.agent.machine.PackageRoute;
import io.swarmctl.common.wire.Services;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One connection to the package service, on which files of the controller's own are asked for, one after the other. */
final class ControllerShelf implements PackageRoute.Shelf {
    private static final Duration NEXT_BYTES_WITHIN = Duration.ofSeconds(30);
    private static final int BUFFER = 64 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];

    private ControllerShelf(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), BUFFER);
    }

    static ControllerShelf on(Socket socket) throws IOException {
        try {
            socket.setSoTimeout((int) NEXT_BYTES_WITHIN.toMillis());
            return new ControllerShelf(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public void get(String path, long from, long most, OutputStream to) throws IOException {
        String range = from == 0 ? "" : "Range: bytes=" + from + "-\r\n";
        String question = "GET " + path + " HTTP/1.1\r\nHost: " + Services.PACKAGES + "\r\n" + range + "\r\n";
        socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
        PackageAnswer answer = PackageAnswer.read(in);
        int wanted = from == 0 ? HttpURLConnection.HTTP_OK : HttpURLConnection.HTTP_PARTIAL;
        if (answer.status() != wanted) {
            throw new IOException("the controller answers " + answer.status() + " " + answer.reason());
        }
        int length = answer.number("Content-Length");
        if (length < 0 || length > most) {
            throw new IOException("the controller has something else at " + path);
        }
        copy(length, to);
    }

    private void copy(long bytes, OutputStream to) throws IOException {
        long left = bytes;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException("the connection to the controller breaks off");
            }
            to.write(buffer, 0, read);
            left -= read;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
