package io.swarmctl.agent.link;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.agent.link.Bus.BusException;
import io.swarmctl.common.wire.BusMaps;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class BusTest {
    private static final int NOBODY_THERE = 1;
    private static final long STEP_NANOS = 200_000;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void endThread() {
        thread.shutdownNow();
    }

    @Test
    void aValueThatTheGatewayWouldNotTakeIsNotSent() {
        try (Bus bus = bus()) {
            String value = "x".repeat(BusMaps.longest(BusMaps.OUTPUT) + 1);
            assertThatThrownBy(() -> bus.put(BusMaps.OUTPUT, value))
                    .isInstanceOf(BusException.class)
                    .hasMessage("a value of 2000001 characters; output takes 2000000");
            assertThatThrownBy(() -> bus.put(BusMaps.SPECS, "x")).hasMessageContaining("specs takes 0");
        }
    }

    /** Each time a little later, so that one of them meets the first lookup of the spec half way. */
    @RepeatedTest(30)
    void closesInTheMiddleOfLookingForTheController(RepetitionInfo repetition) {
        Bus bus = bus();
        LockSupport.parkNanos(repetition.getCurrentRepetition() * STEP_NANOS);
        bus.close();
    }

    private Bus bus() {
        return new Bus("serial-1", "any", NOBODY_THERE, thread, spec -> {}, () -> {});
    }
}
