package io.swarmctl.agent.link;

import io.swarmctl.agent.retry.Backoff;
import io.swarmctl.common.wire.EnrolmentAnswer.Result;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How long to wait before the next knock, for ever: each kind of answer has its own bound, and a new kind begins anew. */
final class Patience {
    private static final Duration FIRST = Duration.ofSeconds(4);

    /** A controller that is switched on finds its nodes within this. */
    private static final Duration UNHEARD = Duration.ofSeconds(15);

    /** A person who approves a node sees it come within this. */
    private static final Duration PENDING = Duration.ofSeconds(30);

    /** Somebody has to do something about the card, or about the controller. */
    private static final Duration REFUSED = Duration.ofMinutes(5);

    private final Backoff unheard;
    private final Map<Result, Backoff> heard = new EnumMap<>(Result.class);
    private Optional<Result> last = Optional.empty();

    Patience(RandomGenerator random) {
        this.unheard = new Backoff(FIRST, UNHEARD, random);
        for (Result result : Result.values()) {
            heard.put(result, new Backoff(FIRST, cap(result), random));
        }
    }

    private static Duration cap(Result result) {
        return switch (result) {
            case ENROLLED -> FIRST;
            case PENDING -> PENDING;
            case REFUSED -> REFUSED;
        };
    }

    /** @param result what was answered; empty when nobody did */
    Duration after(Optional<Result> result) {
        Backoff backoff = result.map(heard::get).orElse(unheard);
        if (!result.equals(last)) {
            backoff.reset();
            last = result;
        }
        return backoff.next();
    }
}
