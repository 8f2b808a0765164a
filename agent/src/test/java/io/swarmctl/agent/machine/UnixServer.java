package io.swarmctl.agent.machine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** An HTTP server on a unix socket, one request a connection, one connection at a time. */
final class UnixServer implements AutoCloseable {
    private final Path socket;
    private final ServerSocketChannel server;
    private final Thread thread;

    UnixServer(Path socket, Handler handler) throws IOException {
        this.socket = socket;
        Files.createDirectories(socket.getParent());
        Files.deleteIfExists(socket);
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        this.thread = new Thread(() -> serve(handler), "unix server");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Handler handler) {
        while (server.isOpen()) {
            serveOne(handler);
        }
    }

    private void serveOne(Handler handler) {
        try (SocketChannel channel = server.accept()) {
            String request = read(channel);
            String[] head = request.split("\r\n\r\n", 2);
            String[] words = head[0].split(" ");
            ByteBuffer answer =
                    ByteBuffer.wrap(handler.answer(words[0], words[1], head[1]).getBytes(StandardCharsets.UTF_8));
            while (answer.hasRemaining()) {
                channel.write(answer);
            }
        } catch (IOException | RuntimeException e) {
            return; // the client went away, or the server is closing
        }
    }

    private static String read(SocketChannel channel) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        while (true) {
            String text = all.toString(StandardCharsets.UTF_8);
            int head = text.indexOf("\r\n\r\n");
            if (head > 0) {
                int length = Integer.parseInt(text.replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
                if (all.size() >= head + 4 + length) {
                    return text;
                }
            }
            if (channel.read(buffer.clear()) < 0) {
                throw new IOException("half a request");
            }
            all.write(buffer.array(), 0, buffer.position());
        }
    }

    static String answer(int status, String body) {
        return "HTTP/1.0 " + status + " Said\r\nContent-Type: application/json\r\n\r\n" + body;
    }

    @Override
    public void close() throws IOException {
        server.close();
        thread.interrupt();
        Files.deleteIfExists(socket);
    }

    /** Gives the whole answer, head and body. */
    @FunctionalInterface
    interface Handler {
        String answer(String method, String path, String body);
    }
}
