package io.swarmctl.controller.gateway;

import io.swarmctl.controller.cache.ByteRange;
import io.swarmctl.controller.cache.PackageCache;
import io.swarmctl.controller.cache.Reading;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a part of a file, as fast as the node takes it and as it comes. Belongs to the socket's event loop; the disk is read
 * elsewhere.
 */
final class PackageSending {
    static final int CHUNK = 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(PackageSending.class);

    private final Context context;
    private final NetSocket socket;
    private final PackageCache cache;
    private final Reading from;
    private final long to;
    private final Runnable done;
    private long at;
    private boolean closed;

    /** @param done is told when all is sent, and not when the connection is ended before */
    PackageSending(Context context, NetSocket socket, PackageCache cache, Reading from, ByteRange part, Runnable done) {
        this.context = context;
        this.socket = socket;
        this.cache = cache;
        this.from = from;
        this.at = part.from();
        this.to = part.to();
        this.done = done;
    }

    void send() {
        if (closed) {
            return;
        }
        if (at == to) {
            close();
            done.run();
        } else if (socket.writeQueueFull()) {
            socket.drainHandler(drained -> send());
        } else {
            try {
                cache.read(() -> read(at, (int) Math.min(CHUNK, to - at)));
            } catch (RejectedExecutionException e) {
                socket.close();
            }
        }
    }

    /** Harmless when it is closed already. */
    void close() {
        if (!closed) {
            closed = true;
            try {
                from.close();
            } catch (IOException e) {
                LOG.debug("closing: {}", e.getMessage());
            }
        }
    }

    /** On a thread that may block. */
    private void read(long where, int most) {
        ByteBuffer bytes = ByteBuffer.allocate(most);
        try {
            int read = from.read(bytes, where);
            if (read == 0) {
                from.whenMore(where, () -> context.runOnContext(now -> send()));
            } else {
                Buffer chunk = Buffer.buffer(bytes.array()).slice(0, read);
                context.runOnContext(now -> sent(chunk));
            }
        } catch (IOException e) {
            // Nothing can be said any more, but that it is not all.
            LOG.debug("{}: {}", socket.remoteAddress(), e.getMessage());
            context.runOnContext(now -> socket.close());
        }
    }

    private void sent(Buffer chunk) {
        if (closed) {
            return;
        }
        socket.write(chunk);
        at += chunk.length();
        cache.served(chunk.length());
        send();
    }
}
