package io.swarmctl.controller.gateway;

import java.time.Duration;
import java.util.Optional;

/**
 * How one node behaves on the bus, over all of its connections: opening another gives it no more. Its connections belong
 * to different event loops, so the methods exclude each other. Times are in nanoseconds from any origin.
 */
final class Conduct {
    /** Agents send ten a second while apt is at its most talkative, and some ten at once after a connection. */
    private static final int MESSAGES_A_SECOND = 20;

    private static final int MESSAGES_AT_ONCE = 100;

    /** The longest message waits four seconds at the most: agents take a bus for dead that is silent for ten. */
    private static final int BYTES_A_SECOND = 512 * 1024;

    private static final int BYTES_AT_ONCE = 4 * 1024 * 1024;

    /** Agents come back after half a second at first, later after ten. */
    private static final double CONNECTIONS_A_SECOND = 0.5;

    private static final int CONNECTIONS_AT_ONCE = 20;
    private static final Duration SHORTEST_EXILE = Duration.ofSeconds(5);
    private static final Duration LONGEST_EXILE = Duration.ofMinutes(10);
    private static final Duration FORGIVEN_AFTER = Duration.ofHours(1);

    /** Agents stop between two messages. Who never does for so long is none. */
    private static final Duration FLOOD = Duration.ofSeconds(10);

    private final TokenBucket messages;
    private final TokenBucket bytes;
    private final TokenBucket connections;
    private Duration exile = Duration.ZERO;
    private long violatedAt;
    private long roomAt;

    Conduct(long now) {
        this.messages = new TokenBucket(MESSAGES_AT_ONCE, MESSAGES_A_SECOND, now);
        this.bytes = new TokenBucket(BYTES_AT_ONCE, BYTES_A_SECOND, now);
        this.connections = new TokenBucket(CONNECTIONS_AT_ONCE, CONNECTIONS_A_SECOND, now);
        this.violatedAt = now;
        this.roomAt = now;
    }

    /** How long a message of that size has to wait; with zero it counts as sent. */
    synchronized Duration send(int size, long now) {
        Duration forMessage = messages.until(1, now);
        Duration forBytes = bytes.until(size, now);
        Duration wait = forMessage.compareTo(forBytes) > 0 ? forMessage : forBytes;
        if (wait.isZero()) {
            messages.take(1, now);
            bytes.take(size, now);
        }
        if (messages.hasHalf(now) && bytes.hasHalf(now)) {
            roomAt = now;
        }
        return wait;
    }

    /** Whether the node has used up its share for longer than any agent would; says so once for every such time. */
    synchronized boolean floods(long now) {
        boolean floods = now - roomAt > FLOOD.toNanos();
        if (floods) {
            roomAt = now;
        }
        return floods;
    }

    /** Why the node may not connect now; with nothing it counts as connected. */
    synchronized Optional<String> connect(long now) {
        if (isShutOut(now)) {
            return Optional.of("it is shut out");
        }
        if (!connections.until(1, now).isZero()) {
            return Optional.of("it connects too often");
        }
        connections.take(1, now);
        return Optional.empty();
    }

    synchronized boolean isShutOut(long now) {
        return now - violatedAt < exile.toNanos();
    }

    /** Shuts the node out, for longer every time; for how long. */
    synchronized Duration violate(long now) {
        Duration since = Duration.ofNanos(now - violatedAt);
        boolean fresh = exile.isZero() || since.compareTo(FORGIVEN_AFTER) > 0;
        // What other connections sent before they were cut is the same offence.
        if (fresh || since.compareTo(exile) > 0) {
            exile = fresh ? SHORTEST_EXILE : shorter(exile.multipliedBy(2), LONGEST_EXILE);
            violatedAt = now;
        }
        return exile;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
