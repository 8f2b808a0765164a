package io.swarmctl.agent.time;

import io.swarmctl.agent.machine.MachineClock;
import io.swarmctl.agent.machine.MachineException;
import io.swarmctl.agent.time.Reckoning.Source;
import io.swarmctl.common.wire.ClockFacts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent's time. Without a time service it goes by what the controller said last, and sets the machine's clock by it;
 * where the clock cannot be set, the agent itself still knows the time.
 *
 * <p>Told by the threads that speak with the controller and asked by all others, so what was reckoned is one volatile
 * value.
 */
public final class Timekeeper implements InstantSource {
    private static final Logger LOG = LoggerFactory.getLogger(Timekeeper.class);

    private final InstantSource system;
    private final MachineClock clock;
    private final Instant earliest;
    private final LongSupplier nanos;
    private volatile Reckoned reckoned;

    /** @param trouble why the clock was not set, though it should have been; empty when nothing is wrong */
    private record Reckoned(Source source, Instant time, long nanos, String trouble) {}

    /**
     * @param system the machine's clock as programs read it
     * @param clock who keeps it, and how it is set
     * @param earliest no time before this is believed
     * @param nanos a clock that never jumps, such as {@link System#nanoTime}
     */
    public Timekeeper(InstantSource system, MachineClock clock, Instant earliest, LongSupplier nanos) {
        this.system = system;
        this.clock = clock;
        this.earliest = earliest;
        this.nanos = nanos;
        this.reckoned = reckoned(Source.NOBODY, system.instant(), "");
    }

    /** Whether a time service keeps the clock, so that no controller has to be asked; blocks for a moment. */
    public boolean isKept() {
        Reckoning now = Reckoning.of(system.instant(), askClock(), null, earliest);
        if (now.source() == Source.SERVICE) {
            reckoned = reckoned(Source.SERVICE, now.time(), "");
        }
        return now.source() == Source.SERVICE;
    }

    /** Takes what a controller said just now, in an answer that was signed for the question; blocks for a moment. */
    public synchronized void told(Instant controllers) {
        Reckoning now = Reckoning.of(system.instant(), askClock(), controllers, earliest);
        if (now.source() == Source.NOBODY) {
            LOG.warn("the controller says that it is {}, which cannot be: the card is younger", controllers);
            return;
        }
        String trouble = now.setClock() ? set(now.time()) : "";
        reckoned = reckoned(now.source(), now.time(), trouble);
    }

    /** The time, unless it is only what a board without a battery says. */
    public Optional<Instant> believable() {
        return reckoned.source() == Source.NOBODY ? Optional.empty() : Optional.of(instant());
    }

    /** The time, if a time service keeps it. */
    public Optional<Instant> kept() {
        return reckoned.source() == Source.SERVICE ? Optional.of(instant()) : Optional.empty();
    }

    /** The best there is. */
    @Override
    public Instant instant() {
        Reckoned latest = reckoned;
        return latest.source() == Source.CONTROLLER
                ? latest.time().plusNanos(nanos.getAsLong() - latest.nanos())
                : system.instant();
    }

    /** For the report. */
    public ClockFacts facts() {
        Reckoned latest = reckoned;
        return new ClockFacts(
                latest.source() == Source.SERVICE,
                Duration.between(instant(), system.instant()).toSeconds(),
                latest.trouble());
    }

    private boolean askClock() {
        try {
            return clock.isKept();
        } catch (MachineException e) {
            LOG.debug("nobody seems to keep the clock: {}", e.getMessage());
            return false;
        }
    }

    private String set(Instant time) {
        try {
            Instant before = system.instant();
            clock.set(time);
            LOG.info("the clock said {}, and is set to {} by the controller's", before, time);
            return "";
        } catch (MachineException e) {
            LOG.warn("the clock should be {}, and cannot be set: {}", time, e.getMessage());
            return String.valueOf(e.getMessage());
        }
    }

    private Reckoned reckoned(Source source, Instant time, String trouble) {
        return new Reckoned(source, time, nanos.getAsLong(), trouble);
    }
}
