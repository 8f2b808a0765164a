package io.swarmctl.agent.machine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One HTTP exchange over a unix socket. It speaks HTTP/1.0, so that the answer is not cut into chunks and ends with the
 * connection.
 */
final class UnixHttp {
    private static final int BUFFER = 16 * 1024;
    private static final String HEAD_ENDS = "\r\n\r\n";
    private static final Pattern SERVER = Pattern.compile("(?im)^server:[ \t]*(.*?)[ \t]*$");

    private final Path socket;
    private final int longestAnswer;

    UnixHttp(Path socket, int longestAnswer) {
        this.socket = socket;
        this.longestAnswer = longestAnswer;
    }

    /** @throws IOException when nobody listens, the answer is not HTTP, is too long, or takes too long */
    EngineReply exchange(String method, String path, String body, Duration timeout) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                Selector selector = Selector.open()) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
            ByteBuffer request = ByteBuffer.wrap(request(method, path, body));
            while (request.hasRemaining()) {
                await(selector, deadline);
                channel.write(request);
            }
            key.interestOps(SelectionKey.OP_READ);
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            while (channel.read(buffer.clear()) >= 0) {
                answer.write(buffer.array(), 0, buffer.position());
                if (answer.size() > longestAnswer) {
                    throw new IOException("the answer is longer than " + longestAnswer + " bytes");
                }
                await(selector, deadline);
            }
            return parse(answer.toByteArray());
        }
    }

    private static byte[] request(String method, String path, String body) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + path + " HTTP/1.0\r\nHost: docker\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + content.length + HEAD_ENDS;
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(start.length + content.length)
                .put(start)
                .put(content)
                .array();
    }

    private static void await(Selector selector, long deadline) throws IOException {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException("no answer in time");
        }
        int ignored = selector.select(Math.max(1, left / 1_000_000));
        selector.selectedKeys().clear();
        if (Thread.currentThread().isInterrupted()) {
            throw new IOException("interrupted");
        }
    }

    private static EngineReply parse(byte[] answer) throws IOException {
        String text = new String(answer, 0, Math.min(answer.length, BUFFER), StandardCharsets.ISO_8859_1);
        int headEnds = text.indexOf(HEAD_ENDS);
        String[] statusLine = text.split("\r\n", 2)[0].split(" ", 3);
        if (headEnds < 0 || statusLine.length < 2 || !statusLine[1].matches("\\d{3}")) {
            throw new IOException("the answer is not HTTP");
        }
        int bodyBegins = headEnds + HEAD_ENDS.length();
        String body = new String(answer, bodyBegins, answer.length - bodyBegins, StandardCharsets.UTF_8);
        Matcher server = SERVER.matcher(text.substring(0, headEnds));
        return new EngineReply(Integer.parseInt(statusLine[1]), server.find() ? server.group(1) : "", body);
    }
}
