package io.swarmctl.controller.gateway;

import io.swarmctl.common.wire.Services;
import io.swarmctl.controller.cache.CacheException;
import io.swarmctl.controller.cache.PackageCache;
import io.swarmctl.controller.cache.PackageUrl;
import io.swarmctl.controller.cache.Reading;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection on which a node's apt asks for packages, one after the other: apt asks for several before it has the
 * first. Belongs to one event loop; the disk is read elsewhere.
 */
final class PackageSession {
    private static final String END_OF_HEAD = "\r\n\r\n";

    private final Context context;
    private final NetSocket socket;
    private final PackageCache cache;
    private final PackageShelf shelf;
    private final PackageTurn turn;
    private final Consumer<String> violation;
    private Buffer said = Buffer.buffer();
    private boolean answering;
    private boolean ended;

    /** What is being sent; null before the first. */
    private @Nullable PackageSending sending;

    private boolean last;

    /**
     * To be made on the socket's event loop.
     *
     * @param violation is told when the node sent what no apt does
     */
    PackageSession(
            Vertx vertx,
            NetSocket socket,
            PackageCache cache,
            PackageShelf shelf,
            PackageTurn turn,
            Consumer<String> violation) {
        this.context = vertx.getOrCreateContext();
        this.socket = socket;
        this.cache = cache;
        this.shelf = shelf;
        this.turn = turn;
        this.violation = violation;
    }

    void begin() {
        socket.setWriteQueueMaxSize(2 * PackageSending.CHUNK);
        socket.handler(this::hear);
    }

    /** To be called when the socket is closed. */
    void end() {
        ended = true;
        turn.end();
        if (sending != null) {
            sending.close();
        }
    }

    private void hear(Buffer bytes) {
        if (turn.isAwaited()) {
            violate("something while it waits for its turn");
            return;
        }
        said.appendBuffer(bytes);
        next();
    }

    private void next() {
        if (answering || ended) {
            return;
        }
        String text = said.toString(StandardCharsets.ISO_8859_1);
        int end = text.indexOf(END_OF_HEAD);
        if (end < 0 ? text.length() > PackageRequest.LONGEST : end > PackageRequest.LONGEST) {
            violate("a request without end");
            return;
        }
        if (end < 0) {
            socket.resume();
            return;
        }
        said = said.getBuffer(end + END_OF_HEAD.length(), said.length());
        Optional<PackageRequest> request = PackageRequest.parse(text.substring(0, end));
        if (request.isEmpty()) {
            String line = text.substring(0, Math.min(60, text.indexOf("\r\n")));
            violate("'" + line.replaceAll("[^ -~]", "?") + "'");
            return;
        }
        answering = true;
        last = request.get().isLast();
        socket.pause();
        answer(request.get());
    }

    private void answer(PackageRequest request) {
        if (request.target().equals("/")) {
            welcome(request);
            return;
        }
        if (!turn.mayFetch()) {
            say(PackageReply.failure(HttpURLConnection.HTTP_UNAVAILABLE, "too many nodes fetch without their turn"));
            done();
            return;
        }
        if (request.target().startsWith(Services.GATHERED)) {
            fromShelf(request);
            return;
        }
        Optional<PackageUrl> url = PackageUrl.parse(request.target());
        if (url.isEmpty()) {
            say(PackageReply.failure(HttpURLConnection.HTTP_FORBIDDEN, "no address of a package archive"));
            done();
            return;
        }
        var unused = cache.open(url.get(), request.anew())
                .whenComplete((opened, failure) -> context.runOnContext(now -> opened(request, opened, failure)));
    }

    /**
     * Who asks what there is asks for its turn, which lasts as long as this connection. Not who says that it will hang up
     * then, as agents do that know of no turns; nor who asks for the head alone, to show that it is there.
     */
    private void welcome(PackageRequest request) {
        if (turn.isOver()) {
            socket.close();
        } else if (last || !request.whole() || !cache.isEnabled()) {
            tellHosts(request);
        } else {
            // A node that hangs up while it waits is noticed only when it is read from.
            socket.resume();
            turn.ask(new PackageTurn.Asker() {
                @Override
                public void waitBehind(int nodes) {
                    if (!socket.writeQueueFull()) {
                        say(PackageReply.waiting(nodes));
                    }
                }

                @Override
                public void go() {
                    tellHosts(request);
                }

                @Override
                public void sendAway() {
                    say(PackageReply.failure(HttpURLConnection.HTTP_UNAVAILABLE, "too many nodes wait for their turn"));
                    done();
                }
            });
        }
    }

    private void tellHosts(PackageRequest request) {
        say(
                cache.isEnabled()
                        ? PackageReply.text(cache.hosts(), request.whole())
                        : PackageReply.failure(HttpURLConnection.HTTP_GONE, "off by the fleet's policy"));
        done();
    }

    private void fromShelf(PackageRequest request) {
        try {
            cache.read(() -> {
                try {
                    Reading found = shelf.open(request.target());
                    context.runOnContext(now -> opened(request, found, null));
                } catch (IOException e) {
                    context.runOnContext(now -> opened(request, null, e));
                }
            });
        } catch (RejectedExecutionException e) {
            socket.close();
        }
    }

    private void opened(PackageRequest request, @Nullable Reading opened, @Nullable Throwable failure) {
        if (opened == null) {
            CacheException reason = failure instanceof CacheException known
                    ? known
                    : new CacheException(HttpURLConnection.HTTP_UNAVAILABLE, "the package cache fails");
            say(PackageReply.failure(reason.status(), String.valueOf(reason.getMessage())));
            done();
            return;
        }
        PackageReply reply = PackageReply.of(request, opened.head());
        say(reply.head());
        sending = new PackageSending(context, socket, cache, opened, reply.part(), this::done);
        if (ended) {
            sending.close();
        } else {
            sending.send();
        }
    }

    private void done() {
        answering = false;
        if (last) {
            socket.end();
        } else {
            // Not from within: there may be many short answers in a row.
            context.runOnContext(now -> next());
        }
    }

    private void say(String text) {
        if (!ended) {
            socket.write(Buffer.buffer(text.getBytes(StandardCharsets.ISO_8859_1)));
        }
    }

    private void violate(String what) {
        end();
        violation.accept(what);
    }
}
