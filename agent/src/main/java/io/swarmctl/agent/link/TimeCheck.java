package io.swarmctl.agent.link;

import io.swarmctl.agent.retry.Backoff;
import io.swarmctl.agent.time.Timekeeper;
import io.swarmctl.common.trust.TrustException;
import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a controller for the time now and then, as long as no time service keeps the clock. Used by one thread. */
public final class TimeCheck {
    private static final Logger LOG = LoggerFactory.getLogger(TimeCheck.class);

    /** A Pi's clock drifts by some seconds a day. */
    private static final Duration USUALLY = Duration.ofHours(1);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(30);

    private final Discovery discovery;
    private final Enrolment door;
    private final Timekeeper time;
    private final Backoff usual;
    private final Backoff retry;

    public TimeCheck(Discovery discovery, Enrolment door, Timekeeper time, RandomGenerator random) {
        this.discovery = discovery;
        this.door = door;
        this.time = time;
        this.usual = new Backoff(USUALLY, USUALLY, random);
        this.retry = new Backoff(FIRST_RETRY, USUALLY, random);
    }

    /** Asks until one answers, if anybody has to be asked; blocks. When to look again. */
    public Duration look() {
        if (time.isKept() || ask()) {
            retry.reset();
            return usual.next();
        }
        return retry.next();
    }

    /** The same, when nobody has said the time yet, as somebody does at enrolment. */
    public Duration lookUnlessTold() {
        return time.believable().isPresent() ? usual.next() : look();
    }

    private boolean ask() {
        for (ControllerAddress address : discovery.controllers()) {
            try {
                door.askTime(address);
                return true;
            } catch (IOException | TrustException e) {
                LOG.debug("no time from {}: {}", address, e.getMessage());
            }
        }
        return false;
    }
}
