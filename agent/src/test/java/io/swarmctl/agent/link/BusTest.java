package io.swarmctl.agent.link;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmctl.agent.link.Bus.BusException;
import io.swarmctl.common.wire.BusMaps;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;

class BusTest {
    private static final int NOBODY_THERE = 1;

    @Test
    void aValueThatTheGatewayWouldNotTakeIsNotSent() {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
        try (Bus bus = new Bus("serial-1", "any", NOBODY_THERE, thread, spec -> {}, () -> {})) {
            String value = "x".repeat(BusMaps.longest(BusMaps.OUTPUT) + 1);
            assertThatThrownBy(() -> bus.put(BusMaps.OUTPUT, value))
                    .isInstanceOf(BusException.class)
                    .hasMessage("a value of 2000001 characters; output takes 2000000");
            assertThatThrownBy(() -> bus.put(BusMaps.SPECS, "x")).hasMessageContaining("specs takes 0");
        } finally {
            thread.shutdownNow();
        }
    }
}
