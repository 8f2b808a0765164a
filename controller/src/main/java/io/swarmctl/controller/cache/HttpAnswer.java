package io.swarmctl.controller.cache;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An archive's answer: comes on an event loop, is read by a thread that may wait. No more is read than is asked for. */
final class HttpAnswer implements Upstream.Answer {
    /** Nodes wait for thirty seconds, and the gateway for fifteen. */
    private static final int SILENT_SECONDS = 10;

    private final HttpClientResponse response;
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private Buffer rest = Buffer.buffer();
    private int at;
    private boolean ended;

    /** Something that came; both null at the end. */
    private record Arrival(@Nullable Buffer bytes, @Nullable Throwable failure) {}

    /** To be made on the event loop, before anything of the content is there. */
    HttpAnswer(HttpClientResponse response) {
        this.response = response;
        response.pause();
        response.handler(bytes -> arrivals.add(new Arrival(bytes, null)));
        response.endHandler(end -> arrivals.add(new Arrival(null, null)));
        response.exceptionHandler(failure -> arrivals.add(new Arrival(null, failure)));
    }

    @Override
    public int status() {
        return response.statusCode();
    }

    @Override
    public String header(String name) {
        return Optional.ofNullable(response.getHeader(name)).orElse("");
    }

    @Override
    public int read(byte[] into) throws IOException, InterruptedException {
        while (at == rest.length()) {
            if (ended || !awaitMore()) {
                return -1;
            }
        }
        int many = Math.min(into.length, rest.length() - at);
        rest.getBytes(at, at + many, into);
        at += many;
        return many;
    }

    private boolean awaitMore() throws IOException, InterruptedException {
        response.fetch(1);
        Arrival next = arrivals.poll(SILENT_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new IOException("nothing more came for " + SILENT_SECONDS + " s");
        }
        if (next.failure() != null) {
            ended = true;
            throw new IOException(String.valueOf(next.failure().getMessage()), next.failure());
        }
        Buffer bytes = next.bytes();
        ended = bytes == null;
        if (bytes != null) {
            rest = bytes;
            at = 0;
        }
        return bytes != null;
    }

    @Override
    public void close() {
        if (!ended) {
            var unused = response.request().reset();
        }
    }
}
