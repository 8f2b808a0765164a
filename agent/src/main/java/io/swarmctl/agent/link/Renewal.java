package io.swarmctl.agent.link;

import io.swarmctl.agent.link.NodeIdentity.Credentials;
import io.swarmctl.agent.retry.Backoff;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the node's certificate good. Knocks at the door again when the last third of its life has begun, when the gateway
 * hangs up on the node, and when the bus has been out of reach for minutes: the certificate may have expired, or the
 * controller may not know the node any more, which it says at the door and nowhere else. Used by one thread.
 */
public final class Renewal {
    /** How often {@link #look} is to be called. */
    public static final Duration EVERY = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);
    private static final Duration LONG_ALONE = Duration.ofMinutes(5);
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(60);
    private static final Duration WHILE_PENDING = Duration.ofSeconds(30);

    /** Once may be chance, or a controller that is just starting. */
    private static final int OFTEN_TURNED_AWAY = 3;

    private final Door door;
    private final Bus bus;
    private final Consumer<Credentials> renewed;
    private final Supplier<Optional<Instant>> time;
    private final Backoff unanswered;
    private final Backoff pending;
    private X509Certificate certificate;
    private Duration alone = Duration.ZERO;
    private Duration rest = Duration.ZERO;

    /** Where a new certificate is asked for. */
    @FunctionalInterface
    public interface Door {
        /**
         * Asks.
         *
         * @throws IOException when the node's own disk fails
         */
        Reply knock() throws IOException;
    }

    /**
     * What came of asking.
     *
     * @param pending whether the node waits for a person's word
     * @param credentials the new ones; null when nobody gave any
     */
    public record Reply(boolean pending, @Nullable Credentials credentials) {}

    /**
     * How the node stands with the bus.
     *
     * @param answers whether there was a connection when last looked, which may be a minute ago
     * @param turnedAway how often in a row the gateway has hung up
     */
    public record Bus(BooleanSupplier answers, IntSupplier turnedAway) {}

    /** @param time as far as it is believable: without it no certificate is held to be old */
    public Renewal(
            Door door,
            Bus bus,
            Consumer<Credentials> renewed,
            Supplier<Optional<Instant>> time,
            X509Certificate certificate,
            RandomGenerator random) {
        this.door = door;
        this.bus = bus;
        this.renewed = renewed;
        this.time = time;
        this.certificate = certificate;
        this.unanswered = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, random);
        this.pending = new Backoff(WHILE_PENDING, WHILE_PENDING, random);
    }

    /** Looks whether there is a reason to knock, and knocks; blocks then. */
    public void look() {
        alone = bus.answers().getAsBoolean() ? Duration.ZERO : alone.plus(EVERY);
        rest = rest.minus(EVERY);
        boolean turnedAway = bus.turnedAway().getAsInt() >= OFTEN_TURNED_AWAY;
        if (!turnedAway && alone.compareTo(LONG_ALONE) < 0 && !isOld()) {
            unanswered.reset();
            rest = Duration.ZERO;
        } else if (rest.isNegative() || rest.isZero()) {
            rest = knock();
        }
    }

    /** How long to wait before the next knock. */
    private Duration knock() {
        try {
            Reply reply = door.knock();
            Credentials credentials = reply.credentials();
            if (credentials != null) {
                certificate = credentials.certificate();
                renewed.accept(credentials);
                LOG.info("the node's certificate is renewed");
            } else if (reply.pending()) {
                return pending.next();
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("no new certificate: {}", e.getMessage());
        }
        return unanswered.next();
    }

    private boolean isOld() {
        Instant from = certificate.getNotBefore().toInstant();
        Duration life = Duration.between(from, certificate.getNotAfter().toInstant());
        Instant old = from.plus(life.multipliedBy(2).dividedBy(3));
        return time.get().filter(now -> now.isAfter(old)).isPresent();
    }
}
