package io.swarmctl.controller.cache;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** An archive in memory: knows dates and ranges, and breaks off or goes away when told so. */
final class MemoryArchive implements Upstream {
    final AtomicInteger requests = new AtomicInteger();
    final AtomicLong bytes = new AtomicLong();
    volatile boolean away;
    volatile boolean knowsRanges = true;
    volatile boolean knowsDates = true;
    volatile String type = "application/octet-stream";

    /** How many times it still breaks off, each time after so many bytes. */
    final AtomicInteger breaks = new AtomicInteger();

    volatile int breaksAfter = Integer.MAX_VALUE;

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();

    void put(PackageUrl url, byte[] content) {
        files.put(url.toString(), content);
    }

    @Override
    public Answer get(PackageUrl url, Map<String, String> headers) throws IOException {
        requests.incrementAndGet();
        if (away) {
            throw new IOException("connection refused");
        }
        byte[] content = files.get(url.toString());
        if (content == null) {
            return new Given(404, Map.of(), new byte[0], Integer.MAX_VALUE);
        }
        Map<String, String> answer = new TreeMap<>(Map.of("Content-Type", type));
        String etag = "\"" + Arrays.hashCode(content) + "\"";
        if (knowsDates) {
            answer.put("ETag", etag);
        }
        if (knowsDates && etag.equals(headers.get("If-None-Match"))) {
            return new Given(304, answer, new byte[0], Integer.MAX_VALUE);
        }
        Optional<ByteRange> range = Optional.ofNullable(headers.get("Range"))
                .filter(header -> knowsRanges)
                .filter(header -> !headers.containsKey("If-Range") || etag.equals(headers.get("If-Range")))
                .flatMap(header -> ByteRange.in(header, content.length));
        byte[] given = range.map(part -> Arrays.copyOfRange(content, (int) part.from(), (int) part.to()))
                .orElse(content);
        answer.put("Content-Length", String.valueOf(given.length));
        range.ifPresent(part ->
                answer.put("Content-Range", "bytes " + part.from() + "-" + (part.to() - 1) + "/" + content.length));
        boolean breaks = this.breaks.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        return new Given(range.isPresent() ? 206 : 200, answer, given, breaks ? breaksAfter : Integer.MAX_VALUE);
    }

    private final class Given implements Answer {
        private final int status;
        private final Map<String, String> headers;
        private final byte[] content;
        private final int breaksAt;
        private int at;

        Given(int status, Map<String, String> headers, byte[] content, int breaksAt) {
            this.status = status;
            this.headers = headers;
            this.content = content;
            this.breaksAt = breaksAt;
        }

        @Override
        public int status() {
            return status;
        }

        @Override
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }

        @Override
        public int read(byte[] into) throws IOException {
            if (at >= breaksAt) {
                throw new IOException("connection reset");
            }
            if (at == content.length) {
                return -1;
            }
            int many = Math.min(Math.min(into.length, 10_000), Math.min(content.length, breaksAt) - at);
            System.arraycopy(content, at, into, 0, many);
            at += many;
            bytes.addAndGet(many);
            return many;
        }

        @Override
        public void close() {}
    }
}
