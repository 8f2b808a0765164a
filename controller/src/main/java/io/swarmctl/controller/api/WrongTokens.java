package io.swarmctl.controller.api;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts wrong tokens by address, so that nobody tries them by the thousand. Belongs to one event loop. */
final class WrongTokens {
    static final int ALLOWED = 20;

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST_ADDRESSES = 10_000;

    private final InstantSource clock;
    private final Map<String, Count> counts = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    private record Count(Instant since, int wrong) {}

    WrongTokens(InstantSource clock) {
        this.clock = clock;
    }

    /** How long the address has to wait; zero when it may go on. */
    Duration wait(String address) {
        Count count = current(address);
        return count.wrong() < ALLOWED
                ? Duration.ZERO
                : Duration.between(clock.instant(), count.since().plus(WINDOW));
    }

    void add(String address) {
        Count count = current(address);
        counts.put(address, new Count(count.since(), count.wrong() + 1));
    }

    private Count current(String address) {
        Instant now = clock.instant();
        Count count = counts.get(address);
        return count == null || !now.isBefore(count.since().plus(WINDOW)) ? new Count(now, 0) : count;
    }
}
