package io.swarmctl.controller.simulate;

import io.swarmctl.agent.machine.Workbench;
import io.swarmctl.common.wire.Benchmark.Measured;
import io.swarmctl.common.wire.Measure;
import io.swarmctl.controller.simulate.SimulatedMachine.Traits;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Measures nothing, and finds what a board of that model would be found to be, its way to the controller included. The
 * same seed finds the same, one time after the other.
 */
final class SimulatedWorkbench implements Workbench {
    private static final double SECONDS = 30;
    private static final double SPREAD = 0.03;
    private static final double SLOWED = 0.82;
    private static final double WIFI_ROUND_TRIP = 4;
    private static final int TOO_WARM = 0x8;
    private static final int NOW = 0xf;
    private static final double WARMER = 17;

    private final Slot slot;
    private final double pace;
    private final boolean warm;
    private final Random random;

    SimulatedWorkbench(Slot slot, double pace) {
        this.slot = slot;
        this.pace = pace;
        this.random = new Random(slot.temper().seed());
        this.warm = random.nextDouble() < Speeds.throttling(slot.model());
    }

    @Override
    public Run measure() throws InterruptedException {
        Thread.sleep(Math.round(SECONDS * 1_000 / pace));
        Traits traits = slot.board().traits();
        int throttled = (traits.throttled() & NOW) | (warm ? TOO_WARM : 0);
        Map<String, Double> values = new TreeMap<>();
        Speeds.of(slot.model())
                .forEach((measure, usual) ->
                        values.put(measure.key(), spread(usual) * slowness(measure, usual, throttled != 0)));
        return new Run(new Measured(values, Map.of()), throttled, traits.celsius(), traits.celsius() + spread(WARMER));
    }

    private double spread(double usual) {
        return usual * (1 + SPREAD * Math.max(-3, Math.min(3, random.nextGaussian())));
    }

    private double slowness(Measure measure, double usual, boolean throttled) {
        boolean wifi = !slot.board().traits().wired();
        return switch (measure) {
            case CPU_ONE, CPU_BURST, MEMORY_COPY -> 1;
            case CPU_SUSTAINED -> throttled ? SLOWED : 1;
            case CARD_WRITE, CARD_READ, CARD_RANDOM_WRITE, CARD_RANDOM_READ ->
                1 / slot.temper().slowness();
            case LINK_ROUND_TRIP -> wifi ? WIFI_ROUND_TRIP : 1;
            case LINK_DOWN, LINK_UP -> wifi ? Speeds.wifi(slot.model()) / usual : 1;
        };
    }
}
