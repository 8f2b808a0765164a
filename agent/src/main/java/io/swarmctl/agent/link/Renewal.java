package io.swarmctl.agent.link;

import io.swarmctl.agent.link.NodeIdentity.Credentials;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the node's certificate good: knocks at the door again when the last third of its life has begun, and when the
 * bus has been out of reach for minutes, for then it may have expired, or the controller may not know the node any
 * more, which it says at the door and nowhere else. Used by one thread.
 */
public final class Renewal {
    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);
    private static final int ALONE_MINUTES = 5;
    private static final int FIRST_PAUSE_MINUTES = 5;
    private static final int LONGEST_PAUSE_MINUTES = 60;

    private final Door door;
    private final BooleanSupplier onBus;
    private final Consumer<Credentials> renewed;
    private final InstantSource clock;
    private X509Certificate certificate;
    private int minutesAlone;
    private int minutesToWait;
    private int pause = FIRST_PAUSE_MINUTES;

    /** Where a new certificate is asked for. */
    @FunctionalInterface
    public interface Door {
        /**
         * The node's new credentials; empty when nobody gave any.
         *
         * @throws IOException when the node's own disk fails
         */
        Optional<Credentials> knock() throws IOException;
    }

    /** @param onBus whether there is a connection to the bus now */
    public Renewal(
            Door door,
            BooleanSupplier onBus,
            Consumer<Credentials> renewed,
            InstantSource clock,
            X509Certificate certificate) {
        this.door = door;
        this.onBus = onBus;
        this.renewed = renewed;
        this.clock = clock;
        this.certificate = certificate;
    }

    /** To be called about once a minute. */
    public void minute() {
        minutesAlone = onBus.getAsBoolean() ? 0 : minutesAlone + 1;
        minutesToWait = Math.max(0, minutesToWait - 1);
        if (minutesAlone < ALONE_MINUTES && !isOld()) {
            pause = FIRST_PAUSE_MINUTES;
            return;
        }
        if (minutesToWait == 0) {
            minutesToWait = pause;
            pause = Math.min(2 * pause, LONGEST_PAUSE_MINUTES);
            knock();
        }
    }

    private void knock() {
        try {
            Optional<Credentials> credentials = door.knock();
            if (credentials.isPresent()) {
                certificate = credentials.get().certificate();
                renewed.accept(credentials.get());
                LOG.info("the node's certificate is renewed");
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("no new certificate: {}", e.getMessage());
        }
    }

    private boolean isOld() {
        Instant from = certificate.getNotBefore().toInstant();
        Duration life = Duration.between(from, certificate.getNotAfter().toInstant());
        return clock.instant().isAfter(from.plus(life.multipliedBy(2).dividedBy(3)));
    }
}
