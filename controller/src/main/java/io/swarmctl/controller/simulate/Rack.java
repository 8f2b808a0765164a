package io.swarmctl.controller.simulate;

import io.swarmctl.common.wire.MemoryCgroup;
import io.swarmctl.controller.simulate.SimulatedMachine.Board;
import io.swarmctl.controller.simulate.SimulatedMachine.Traits;
import io.swarmctl.controller.simulate.Slot.Temper;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A rack of boards as chance has them. The same seed gives the same boards, and a larger rack begins with those of a
 * smaller one. Pure.
 */
final class Rack {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final long GB = 1_000_000_000L;
    private static final int[] CARD_GB = {16, 32, 32, 64};
    private static final long SYSTEM_GB = 4;
    private static final String[] KERNELS = {"6.12.25+rpt-rpi-v8", "6.12.25+rpt-rpi-v8", "6.12.47+rpt-rpi-v8"};
    private static final int BOARDS_A_SUBNET = 250;
    private static final int UNDER_VOLTAGE = 0x50005;
    private static final int ONE_IN_UNDER_VOLTAGE = 30;
    private static final int ONE_IN_SLOW_CARD = 25;
    private static final int ONE_IN_WIFI = 20;
    private static final int ONE_IN_REBOOTS = 15;
    private static final double USUALLY_FAILING = 0.04;
    private static final double WEAK_FAILING = 0.25;
    private static final double SLOW_CARD = 2.5;

    private final long seed;
    private final List<Model> models;
    private final Duration arrive;

    /** @param arrive within which time all boards are switched on */
    Rack(long seed, List<Model> models, Duration arrive) {
        this.seed = seed;
        this.models = List.copyOf(models);
        this.arrive = arrive;
    }

    List<Slot> slots(int nodes) {
        return IntStream.rangeClosed(1, nodes).mapToObj(this::slot).toList();
    }

    private Slot slot(int number) {
        RandomGenerator random = new SplittableRandom(seed ^ (number * GOLDEN));
        Model model = models.get((number - 1) % models.size());
        boolean weak = oneIn(ONE_IN_UNDER_VOLTAGE, random);
        boolean slowCard = oneIn(ONE_IN_SLOW_CARD, random);
        Traits traits = new Traits(
                model.memoryBytes().get(random.nextInt(model.memoryBytes().size())),
                weak ? UNDER_VOLTAGE : 0,
                Math.round(random.nextDouble(41, 56) * 10) / 10.0,
                KERNELS[random.nextInt(KERNELS.length)],
                !oneIn(ONE_IN_WIFI, random));
        return new Slot(
                number,
                model,
                new Board(serial(number), model.fullName(), address(number), traits),
                new Temper(random.nextLong(), slowCard ? SLOW_CARD : 1, weak ? WEAK_FAILING : USUALLY_FAILING),
                Duration.ofMillis(random.nextLong(Math.max(1, arrive.toMillis()))),
                (CARD_GB[random.nextInt(CARD_GB.length)] - SYSTEM_GB) * GB - random.nextLong(GB),
                oneIn(ONE_IN_REBOOTS, random) ? MemoryCgroup.NOT_ASKED_FOR : MemoryCgroup.AVAILABLE);
    }

    /** No Pi has such a serial: whoever sees it knows that the board is simulated. */
    private String serial(int number) {
        return String.format(Locale.ROOT, "sim%s-%04d", Long.toString(seed).replace('-', 'm'), number);
    }

    private static String address(int number) {
        int index = number - 1;
        return "10.20." + index / BOARDS_A_SUBNET + "." + (index % BOARDS_A_SUBNET + 1);
    }

    private static boolean oneIn(int many, RandomGenerator random) {
        return random.nextInt(many) == 0;
    }
}
