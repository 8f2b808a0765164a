package io.swarmctl.controller.cache;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Archives that did not answer a moment ago: whoever asks for a hundred files need not wait a hundred times. Used by many
 * threads, so the methods exclude each other.
 */
final class Unreachable {
    private static final long FOR_NANOS = Duration.ofSeconds(2).toNanos();
    private static final int MOST = 100;

    private final Map<String, Long> since = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    };

    synchronized void note(String host) {
        since.put(host, System.nanoTime());
    }

    /** @throws IOException when it did not answer a moment ago */
    synchronized void refuse(String host) throws IOException {
        Long at = since.get(host);
        if (at != null && System.nanoTime() - at < FOR_NANOS) {
            throw new IOException("it did not answer a moment ago");
        }
        since.remove(host);
    }
}
