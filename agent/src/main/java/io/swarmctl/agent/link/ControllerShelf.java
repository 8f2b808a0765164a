package io.swarmctl.agent.link;

import io.swarmctl.agent.machine.PackageRoute;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection to the package service, on which files of the controller's own are asked for, one after the other. */
final class ControllerShelf implements PackageRoute.Shelf {
    private static final Duration NEXT_BYTES_WITHIN = Duration.ofSeconds(30);
    private static final int BUFFER = 64 * 1024;
    private static final int LONGEST_HEAD = 8 * 1024;
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([0-9]{3}) ([ -~]*)\r\n");
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: *([0-9]{1,15})\r\n");

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
        String question = "GET " + path + " HTTP/1.1\r\nHost: packages.swarmctl.internal\r\n" + range + "\r\n";
        socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
        String head = head();
        Matcher status = STATUS.matcher(head);
        if (!status.lookingAt()) {
            throw new IOException("the controller answers with something else than HTTP");
        }
        int wanted = from == 0 ? HttpURLConnection.HTTP_OK : HttpURLConnection.HTTP_PARTIAL;
        if (Integer.parseInt(status.group(1)) != wanted) {
            throw new IOException("the controller answers " + status.group(1) + " " + status.group(2));
        }
        Matcher length = LENGTH.matcher(head);
        if (!length.find() || Long.parseLong(length.group(1)) > most) {
            throw new IOException("the controller has something else at " + path);
        }
        copy(Long.parseLong(length.group(1)), to);
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf(END_OF_HEAD, Math.max(0, head.length() - END_OF_HEAD.length())) < 0) {
            int next = in.read();
            if (next < 0 || head.length() == LONGEST_HEAD) {
                throw new EOFException("the controller hangs up");
            }
            head.append((char) next);
        }
        return head.toString();
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
